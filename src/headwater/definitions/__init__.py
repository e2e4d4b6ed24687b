"""Functions to nodes."""
