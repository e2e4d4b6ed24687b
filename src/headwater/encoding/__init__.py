"""Encodes graphs and fields in the wire format."""
