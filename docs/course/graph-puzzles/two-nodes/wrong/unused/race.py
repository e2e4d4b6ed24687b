"""The length of a marathon."""


def meters() -> int:
    """Length of the course, in m."""
    return 42195


def kilometers(meters: int) -> float:
    """Length of the course, in km."""
    return 42195 / 1000
