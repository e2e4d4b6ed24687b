"""The internal exception of `quality/`. Callers know the source location, so they convert the exception to a public error."""


class InvalidCheck(Exception):
    """An invalid check. The message is a sentence that gives the reason."""
