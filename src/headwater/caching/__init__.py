"""Stores for computed values, and the traces that decide whether a value is still valid."""
