"""Support for PyYAML: adapters for YAML files."""
