"""The internal exception in `quality/`. The caller knows the source location and converts the exception to a public error."""


class InvalidCheck(Exception):
    """An invalid check. The message is a sentence that gives the reason."""
