"""Stores for computed values, and the traces that show whether a value is still valid."""
