"""What Python says of names and functions: what is behind a callable, and where it is written."""
