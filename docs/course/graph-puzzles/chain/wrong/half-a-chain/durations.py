"""A duration in several units."""


def minutes(seconds: int = 604800) -> float:
    """The duration, in minutes."""
    return seconds / 60


def hours(minutes: float) -> float:
    """The duration, in hours."""
    return minutes / 60


def days(minutes: float) -> float:
    """The duration, in days."""
    return minutes / 60 / 24
