"""Support for PyYAML: adapters for YAML files."""

from headwater.libraries.installation import require

require("yaml")
