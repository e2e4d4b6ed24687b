"""Tips for a bill in a restaurant."""


def small(percent: int = 10, bill: float = 40.0) -> float:
    """Tip, in dollars."""
    return bill * percent / 100
