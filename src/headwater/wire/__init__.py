"""The wire format: the JSON shapes between a session and a page, with their bounds."""
