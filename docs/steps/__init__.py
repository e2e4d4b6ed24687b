"""The steps of the course: how they are stored, and proof that their checks work."""
