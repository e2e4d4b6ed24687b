"""The length of a marathon."""


def meters(kilometers: float) -> int:
    """Length of the course, in m."""
    return round(kilometers * 1000)


def kilometers() -> float:
    """Length of the course, in km."""
    return 42.195
