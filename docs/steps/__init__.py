"""The steps of the course: how they are stored, and how their checks are tested."""
