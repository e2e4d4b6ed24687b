"""Models as checks."""
