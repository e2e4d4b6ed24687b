"""Profit of two tea stalls. A cup costs 3 dollars, and the rent is 50."""


def market_revenue() -> int:
    """Revenue of the stall at the market, in dollars."""
    return 3 * 40


def market(market_revenue: int) -> int:
    """Profit of the stall at the market, in dollars."""
    return market_revenue - 50


def station_revenue() -> int:
    """Revenue of the stall at the station, in dollars."""
    return 3 * 60


def station(station_revenue: int) -> int:
    """Profit of the stall at the station, in dollars."""
    return station_revenue - 70


def total(market: int, station: int) -> int:
    """Profit of both stalls, in dollars."""
    return market + station
