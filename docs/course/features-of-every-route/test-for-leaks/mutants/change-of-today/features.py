from pathlib import Path

import pandas as pd

from headwater import extract_columns, parameterize, value


@extract_columns("lga_atl")
def departures() -> pd.DataFrame:
    """Scheduled departures per day (rows) and route (columns)."""
    path = Path(__file__).with_name("departures.csv")
    table = pd.read_csv(path, parse_dates=["date"], index_col="date")
    table.columns = table.columns.str.lower().str.replace("-", "_")
    return table.astype(float)


@parameterize(
    lga_atl_lag_7={"days": value(7)},
    lga_atl_lag_14={"days": value(14)},
)
def lag(lga_atl: pd.Series, days: int) -> pd.Series:
    """Departures {days} days earlier."""
    return lga_atl.shift(days)


@parameterize(
    lga_atl_mean_7={"days": value(7)},
    lga_atl_mean_28={"days": value(28)},
)
def mean(lga_atl: pd.Series, days: int) -> pd.Series:
    """Mean departures per day over the previous {days} days."""
    return lga_atl.shift(1).rolling(days).mean()


@parameterize(
    lga_atl_change_1={"days": value(1)},
    lga_atl_change_7={"days": value(7)},
)
def change(lga_atl: pd.Series, days: int) -> pd.Series:
    """Departures on the day before, minus those {days} days earlier."""
    return lga_atl.diff(days)
