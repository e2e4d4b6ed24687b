"""Support for PyYAML: adapters of YAML files."""
