"""Encoding of graphs and fields in the wire format."""
