"""Values as Python code, with files for those that are too long to read as code."""
