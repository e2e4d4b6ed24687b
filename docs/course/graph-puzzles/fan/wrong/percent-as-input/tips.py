"""Tips for a restaurant bill."""


def small(percent: int = 10, bill: float = 40.0) -> float:
    """Tip, in dollars."""
    return bill * percent / 100
