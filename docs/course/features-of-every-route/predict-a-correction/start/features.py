from pathlib import Path

import pandas as pd

from headwater import extract_columns, parameterize, source

ROUTES = ("lga_atl", "lga_ord")


@extract_columns(*ROUTES)
def departures() -> pd.DataFrame:
    """Scheduled departures per day (rows) and route (columns)."""
    path = Path(__file__).with_name("departures.csv")
    table = pd.read_csv(path, parse_dates=["date"], index_col="date")
    table.columns = table.columns.str.lower().str.replace("-", "_")
    return table.astype(float)


def lga(departures: pd.DataFrame) -> pd.Series:
    """Departures per day on both routes."""
    return departures[list(ROUTES)].sum(axis="columns")


@parameterize(**{f"{name}_mean": {"flights": source(name)} for name in ROUTES})
def mean(flights: pd.Series) -> pd.Series:
    """Mean departures per day over the previous seven days."""
    return flights.shift(1).rolling(7).mean()


@parameterize(**{f"{name}_share": {"flights": source(name)} for name in ROUTES})
def share(flights: pd.Series, lga: pd.Series) -> pd.Series:
    """Share of all departures on the day before, from 0 to 1."""
    return flights.shift(1) / lga.shift(1)
