from pathlib import Path

import pandas as pd

from headwater import extract_columns, parameterize, source


@extract_columns("construction", "government")
def jobs() -> pd.DataFrame:
    """Jobs in the United States in each month, in thousands."""
    table = Path(__file__).with_name("us-employment.csv")
    frame = pd.read_csv(table, parse_dates=["month"], index_col="month")
    frame.loc["2010-05-01", "government"] -= 411  # census workers
    return frame


@parameterize(
    yoy_construction={"workers": source("construction")},
    yoy_government={"workers": source("government")},
)
def yoy(workers: pd.Series) -> pd.Series:
    """Growth in the number of jobs over twelve months, as a fraction."""
    return workers.pct_change(12)


def building_low(yoy_construction: pd.Series) -> float:
    """Lowest growth in construction, as a fraction."""
    return float(yoy_construction.min())


def census_peak(yoy_government: pd.Series) -> pd.Timestamp:
    """The month with the highest growth in government."""
    return yoy_government.idxmax()
