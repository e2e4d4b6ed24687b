"""Rain of a year."""

from headwater import group, inject, parameterize, source, value

RAIN = [40, 45, 55, 65, 85, 100, 115, 95, 65, 50, 35, 30]
MONTHS = range(1, 13)


@parameterize(
    **{
        f"rain_{month}": {"mm": value(float(RAIN[month - 1]))}
        for month in MONTHS
    }
)
def rain(mm: float) -> float:
    """Rain of a month, in mm."""
    return mm


def _terms(month: int) -> list:
    """The sum before a month, if any, and the rain of the month."""
    before = [source(f"sum_{month - 1}")] if month > 1 else []
    return [*before, source(f"rain_{month}")]


@parameterize(
    **{f"sum_{month}": {"terms": group(*_terms(month))} for month in MONTHS}
)
def since_january(terms: list[float]) -> float:
    """Rain since January, in mm."""
    return sum(terms) / len(terms)


@inject(rain=group(*[source(f"rain_{month}") for month in MONTHS]))
def report(sum_12: float, rain: list[float]) -> str:
    """The sum of the year, and the wettest month."""
    return f"{sum_12} mm, at most {max(rain)} mm in a month"
