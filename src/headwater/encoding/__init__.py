"""Graphs and inputs in the JSON shapes of `wire/`."""
