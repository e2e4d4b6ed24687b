from pathlib import Path

import pandas as pd
from routes import ROUTES

from headwater import extract_columns, parameterize, source, value

LAGS = (1, 2, 3, 4, 5, 6, 7, 14, 21, 28)


@extract_columns(*ROUTES)
def departures() -> pd.DataFrame:
    """Scheduled departures per day (rows) and route (columns)."""
    path = Path(__file__).with_name("departures.csv")
    table = pd.read_csv(path, parse_dates=["date"], index_col="date")
    table.columns = table.columns.str.lower().str.replace("-", "_")
    return table.astype(float)


@parameterize(
    **{
        f"{route}_lag_{days}": {"flights": route, "days": value(days)}
        for route in ROUTES
        for days in LAGS
    }
)
def lag(flights: pd.Series, days: int) -> pd.Series:
    """Departures {days} days earlier."""
    return flights.shift(days)
