"""Profit of two tea stalls. A cup costs 3 dollars, and the rent differs."""

from headwater import exclude, parameterized_subdag, value


@exclude
def revenue(cups: int) -> int:
    """Revenue of a stall, in dollars."""
    return 3 * cups


@exclude
def profit(revenue: int, rent: int) -> int:
    """Profit of a stall, in dollars."""
    return revenue - rent


@parameterized_subdag(
    revenue,
    profit,
    market={"inputs": {"cups": value(40), "rent": value(50)}},
    station={"inputs": {"cups": value(60), "rent": value(50)}},
)
def stall(profit: int) -> int:
    """Profit of a stall, in dollars."""
    return profit


def total(market: int, station: int) -> int:
    """Profit of both stalls, in dollars."""
    return market + station
