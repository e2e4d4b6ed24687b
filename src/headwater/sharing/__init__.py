"""Sharing of dataflows as links."""
