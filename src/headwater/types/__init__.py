"""Resolves, formats and compares type annotations."""
