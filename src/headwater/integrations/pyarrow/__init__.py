"""Integration of pyarrow: tables and arrays."""
