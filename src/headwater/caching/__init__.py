"""Stores for computed values, and the traces that say whether a value is still valid."""
