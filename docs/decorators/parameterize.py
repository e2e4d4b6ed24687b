"""Several nodes from one function, with parameters bound to constants, nodes and groups."""

from headwater import group, parameterize, source, value

INPUTS = {"rent": [10, 12], "food": [3, 5], "fixed": 1}
EXPECTED = {"rent_total": 22, "all_total": 31}


@parameterize(
    rent_total={"parts": group(source("rent")), "extra": value(0)},
    all_total=({"parts": group(source("rent"), source("food")), "extra": source("fixed")}, "The sum of all costs."),
)
def total(parts: list[list[int]], extra: int) -> int:
    """The sum of {parts} and {extra}."""
    return sum(map(sum, parts)) + extra
