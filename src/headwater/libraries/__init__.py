"""Looks up the library that a value comes from, and Headwater's integration with the library."""
