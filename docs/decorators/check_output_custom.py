"""Custom checks for a value."""

from headwater import check_output_custom

INPUTS = {"parts": [0.25, 0.75]}
EXPECTED = {"largest": 0.75}


def _sums_to_one(shares: list[float]) -> bool:
    """The shares add up to 1."""
    return abs(sum(shares) - 1) < 1e-9


@check_output_custom(_sums_to_one, importance="fail")
def shares(parts: list[float]) -> list[float]:
    return parts


def largest(shares: list[float]) -> float:
    return max(shares)
