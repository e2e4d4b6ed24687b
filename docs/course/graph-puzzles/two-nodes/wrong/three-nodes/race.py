"""The length of a marathon."""


def meters() -> int:
    """Length of the course, in m."""
    return 42195


def thousand() -> int:
    """Meters in a kilometer."""
    return 1000


def kilometers(meters: int, thousand: int) -> float:
    """Length of the course, in km."""
    return meters / thousand
