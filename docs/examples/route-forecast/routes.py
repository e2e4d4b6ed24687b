"""The 115 routes that are flown from New York on every day of 2013."""

from pathlib import Path

import pandas as pd

from headwater import extract_columns

TABLE = Path(__file__).with_name("departures.csv")
COLUMNS = tuple(pd.read_csv(TABLE, nrows=0).columns[1:])


@extract_columns(*COLUMNS)
def departures() -> pd.DataFrame:
    """Scheduled departures by day and route."""
    return pd.read_csv(TABLE, parse_dates=["date"], index_col="date")
