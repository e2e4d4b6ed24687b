"""Tips for a restaurant bill."""


def small(bill: float = 40.0) -> float:
    """Tip of 10 percent, in dollars."""
    return bill * 0.10


def usual(bill: float = 40.0) -> float:
    """Tip of 15 percent, in dollars."""
    return bill * 0.15


def large(bill: float = 40.0) -> float:
    """Tip of 25 percent, in dollars."""
    return bill * 0.25
