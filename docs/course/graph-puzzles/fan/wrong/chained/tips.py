"""Tips for a restaurant bill."""

from headwater import parameterize, source, value


@parameterize(
    small={"base": source("bill"), "factor": value(0.1)},
    usual={"base": source("small"), "factor": value(1.5)},
    large={"base": source("small"), "factor": value(2.5)},
)
def tip(base: float, factor: float) -> float:
    """Tip, in dollars."""
    return base * factor


def bill() -> float:
    """The bill, in dollars."""
    return 40.0
