"""Pairs of rabbits, month by month."""

from headwater import parameterize, source, value


@parameterize(month_1={"pairs": value(1)}, month_2={"pairs": value(1)})
def first_months(pairs: int) -> int:
    """Pairs of rabbits in the first two months."""
    return pairs


@parameterize(
    **{
        f"month_{n}": {
            "before": source(f"month_{n - 2}"),
            "last": source(f"month_{n - 1}"),
        }
        for n in range(3, 8)
    }
)
def later_months(before: int, last: int) -> int:
    """Pairs of rabbits in a later month."""
    return before + last
