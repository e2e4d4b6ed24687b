"""Profit of two tea stalls. A cup costs 3 dollars, and the rent differs."""

from headwater import exclude, subdag, value


@exclude
def revenue(cups: int) -> int:
    """Revenue of a stall, in dollars."""
    return 3 * cups


@exclude
def profit(revenue: int, rent: int) -> int:
    """Profit of a stall, in dollars."""
    return revenue - rent


@subdag(revenue, profit, inputs={"cups": value(40), "rent": value(50)})
def market(profit: int) -> int:
    """Profit of the stall at the market, in dollars."""
    return profit


@subdag(revenue, profit, inputs={"cups": value(60), "rent": value(70)})
def station(profit: int) -> int:
    """Profit of the stall at the station, in dollars."""
    return profit


def total(market: int, station: int) -> int:
    """Profit of both stalls, in dollars."""
    return market + station
