"""Conversion of functions to nodes."""
