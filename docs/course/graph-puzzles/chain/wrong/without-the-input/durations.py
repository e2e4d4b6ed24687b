"""A duration in several units."""


def minutes() -> float:
    """The duration, in minutes."""
    return 604800 / 60


def hours(minutes: float) -> float:
    """The duration, in hours."""
    return minutes / 60


def days(hours: float) -> float:
    """The duration, in days."""
    return hours / 24
