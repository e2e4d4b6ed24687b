"""Tips for a restaurant bill."""

from headwater import parameterize, value


@parameterize(small={"percent": value(10)}, usual={"percent": value(15)})
def tip(percent: int, bill: float = 40.0) -> float:
    """Tip of {percent} percent, in dollars."""
    return bill * percent / 100


def large(bill: float = 40.0) -> float:
    """Tip of 25 percent, in dollars."""
    return bill * 0.25
