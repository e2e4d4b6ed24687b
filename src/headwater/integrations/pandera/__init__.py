"""Support for pandera: schemas as checks."""
