from pathlib import Path

import pandas as pd

from headwater import extract_columns


@extract_columns("lga_atl")
def departures() -> pd.DataFrame:
    """Scheduled departures per day (rows) and route (columns)."""
    path = Path(__file__).with_name("departures.csv")
    table = pd.read_csv(path, parse_dates=["date"], index_col="date")
    table.columns = table.columns.str.lower().str.replace("-", "_")
    return table.astype(float)


def lga_atl_lag_7(lga_atl: pd.Series) -> pd.Series:
    """Departures to Atlanta on the same weekday of the week before."""
    return lga_atl.shift(7)


def lga_atl_mean_7(lga_atl: pd.Series) -> pd.Series:
    """Mean departures per day to Atlanta over the previous seven days."""
    return lga_atl.rolling(7).mean()
