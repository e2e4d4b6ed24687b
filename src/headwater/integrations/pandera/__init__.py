"""Schemas as checks."""
