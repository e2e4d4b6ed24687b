"""Types as annotations state them: how they are read, shown and compared."""
