"""Support for numpy: adapters, checks, code, equality and previews of arrays."""
