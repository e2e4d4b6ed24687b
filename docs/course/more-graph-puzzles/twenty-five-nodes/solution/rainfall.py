"""Rain in a year."""

from headwater import group, inject, parameterize, source, value

RAIN = [40, 45, 55, 65, 85, 100, 115, 95, 65, 50, 35, 30]
MONTHS = range(1, 13)


@parameterize(
    **{f"rain_{month}": {"mm": value(RAIN[month - 1])} for month in MONTHS}
)
def rain(mm: int) -> int:
    """Rain in a month, in mm."""
    return mm


def _neighbors(month: int) -> list:
    """The rain in a month, and in the months before and after it."""
    before, after = (month - 2) % 12 + 1, month % 12 + 1
    return [source(f"rain_{other}") for other in (before, month, after)]


@parameterize(
    **{f"sum_{month}": {"terms": group(*_neighbors(month))} for month in MONTHS}
)
def three_months(terms: list[int]) -> int:
    """Rain in three months, in mm."""
    return sum(terms)


@inject(sums=group(*[source(f"sum_{month}") for month in MONTHS]))
def report(sums: list[int]) -> str:
    """The wettest three months."""
    return f"at most {max(sums)} mm in three months"
