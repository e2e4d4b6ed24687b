"""Looks up the library that defines a value's type, and Headwater's integration with that library."""
