"""Progress bars with rich."""
