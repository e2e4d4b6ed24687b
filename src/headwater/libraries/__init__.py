"""Lookup of the library that a value comes from, and of Headwater's integration with it."""
