"""The prose check: habits of translated English, and long sentences."""
