"""Dataflows as links."""
