"""The length of a marathon."""


def kilometers(meters: int = 42195) -> float:
    """Length of the course, in km."""
    return meters / 1000
