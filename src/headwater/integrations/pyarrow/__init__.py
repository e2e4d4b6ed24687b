"""Support for pyarrow: tables and arrays."""
