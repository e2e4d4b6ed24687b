"""A forecast of the departures on a route from New York."""

from pathlib import Path

import pandas as pd
import settings


def departures() -> pd.DataFrame:
    """Departures by day and route. A new day is added every night."""
    table = Path(__file__).with_name("departures.csv")
    return pd.read_csv(table, index_col="date")


def usual(departures: pd.DataFrame, route: str = "JFK-LAX") -> float:
    """Mean departures on the next day's weekday in the last four weeks."""
    return float(departures[route].iloc[[-7, -14, -21, -28]].mean())


def forecast(usual: float, is_holiday: bool = True) -> float:
    """Departures on the next day."""
    return usual * settings.HOLIDAY_SHARE if is_holiday else usual
