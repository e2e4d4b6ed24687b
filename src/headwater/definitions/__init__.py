"""The conversion of functions to nodes."""
