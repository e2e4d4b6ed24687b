"""Type annotations: how they are resolved, formatted and compared."""
