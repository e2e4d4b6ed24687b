from pathlib import Path

import pandas as pd
from routes import ROUTES

from headwater import extract_columns, parameterize, source, value

WINDOWS = (7, 14, 28)


@extract_columns(*ROUTES)
def departures() -> pd.DataFrame:
    """Scheduled departures per day (rows) and route (columns)."""
    path = Path(__file__).with_name("departures.csv")
    table = pd.read_csv(path, parse_dates=["date"], index_col="date")
    table.columns = table.columns.str.lower().str.replace("-", "_")
    return table.astype(float)


def lga(departures: pd.DataFrame) -> pd.Series:
    """Departures per day on all six routes."""
    return departures[list(ROUTES)].sum(axis="columns")


def recent_total(lga: pd.Series) -> pd.DataFrame:
    """Departures on all six routes over each window of previous days."""
    return pd.DataFrame({days: lga.rolling(days).sum() for days in WINDOWS})


@parameterize(
    **{
        f"{route}_share_{days}": {"flights": source(route), "days": value(days)}
        for route in ROUTES
        for days in WINDOWS
    }
)
def share(
    flights: pd.Series, recent_total: pd.DataFrame, days: int
) -> pd.Series:
    """Share of all departures over the previous {days} days, from 0 to 1."""
    return (flights.shift(1).rolling(days).sum() / recent_total[days]).shift(1)
