"""Names, callables and their source locations."""
