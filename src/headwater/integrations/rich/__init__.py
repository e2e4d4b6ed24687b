"""Progress bars of rich."""
