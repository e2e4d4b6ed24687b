"""A duration in several units."""


def minutes(seconds: int = 604800) -> float:
    """The duration, in minutes."""
    return seconds / 60


def hours(seconds: int = 604800) -> float:
    """The duration, in hours."""
    return seconds / 60 / 60


def days(seconds: int = 604800) -> float:
    """The duration, in days."""
    return seconds / 60 / 60 / 24
