"""Tips for a restaurant bill."""

from headwater import parameterize, value


@parameterize(
    small={"percent": value(10)},
    usual={"percent": value(15)},
    large={"percent": value(25)},
)
def tip(percent: int, bill: float = 40.0) -> float:
    """Tip of {percent} percent, in dollars."""
    return bill * percent / 100
