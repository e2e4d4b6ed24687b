"""Functions that define several nodes."""

import headwater
from headwater import extract_fields, parameterize, source, tag
from headwater import value as fixed

DAYS = {"days": fixed(7)}


@parameterize(
    weekly=DAYS,
    monthly=({"days": fixed(30), "rate": source("bulk_rate")}, "By the month"),
)
def cost(rate: float, days: int, discount: float = 0.0) -> float:
    """Costs for {days} days at {rate}: {output_name}."""
    return rate * days * (1 - discount)


@tag(kind="parts")
@headwater.parameterize(first={"n": headwater.value(1)}, second={"n": headwater.source("weekly")})
def nth(n: float) -> float:
    return n


@extract_fields({"low": int, "high": int})
def pair(first: float, second: float) -> dict[str, int]:
    return {"low": 1, "high": 2}
