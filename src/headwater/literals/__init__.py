"""Values as Python code, and as files if the code would be too long to read."""
