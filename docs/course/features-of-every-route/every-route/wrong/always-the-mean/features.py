from pathlib import Path

import pandas as pd
from routes import AIRPORTS, ROUTES

from headwater import extract_columns, parameterize, source, value

LAGS = (1, 2, 3, 4, 5, 6, 7, 14, 21, 28)
PERIODS = (1, 7, 14)
WINDOWS = (7, 14, 28)
STATISTICS = ("mean", "min", "max", "std")


@extract_columns(*ROUTES)
def departures() -> pd.DataFrame:
    """Scheduled departures per day (rows) and route (columns)."""
    path = Path(__file__).with_name("departures.csv")
    table = pd.read_csv(path, parse_dates=["date"], index_col="date")
    table.columns = table.columns.str.lower().str.replace("-", "_")
    return table.astype(float)


@parameterize(**{name: {"airport": value(name)} for name in AIRPORTS})
def total(departures: pd.DataFrame, airport: str) -> pd.Series:
    """Departures per day on all routes from {airport}."""
    return departures.filter(regex=f"^{airport}_").sum(axis="columns")


@parameterize(
    **{
        f"{route}_lag_{days}": {"flights": source(route), "days": value(days)}
        for route in ROUTES
        for days in LAGS
    }
)
def lag(flights: pd.Series, days: int) -> pd.Series:
    """Departures {days} days earlier."""
    return flights.shift(days)


@parameterize(
    **{
        f"{route}_change_{days}": {
            "flights": source(route),
            "days": value(days),
        }
        for route in ROUTES
        for days in PERIODS
    }
)
def change(flights: pd.Series, days: int) -> pd.Series:
    """Departures on the day before, minus those {days} days earlier."""
    return flights.shift(1).diff(days)


@parameterize(
    **{
        f"{route}_share_{days}": {
            "flights": source(route),
            "total": source(route[:3]),
            "days": value(days),
        }
        for route in ROUTES
        for days in WINDOWS
    }
)
def share(flights: pd.Series, total: pd.Series, days: int) -> pd.Series:
    """Share of the airport's departures over the previous {days} days."""
    recent = flights.shift(1).rolling(days).sum()
    return recent / total.shift(1).rolling(days).sum()


@parameterize(
    **{
        f"{route}_{statistic}_{days}": {
            "flights": source(route),
            "statistic": value(statistic),
            "days": value(days),
        }
        for route in ROUTES
        for statistic in STATISTICS
        for days in WINDOWS
    }
)
def window(flights: pd.Series, statistic: str, days: int) -> pd.Series:
    """The {statistic} of departures over the previous {days} days."""
    return flights.shift(1).rolling(days).mean()
