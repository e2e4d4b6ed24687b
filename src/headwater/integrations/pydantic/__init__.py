"""Support for pydantic: models as checks."""
