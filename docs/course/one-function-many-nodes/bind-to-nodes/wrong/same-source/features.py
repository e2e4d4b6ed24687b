from pathlib import Path

import pandas as pd

from headwater import extract_columns, parameterize, source


@extract_columns("construction", "manufacturing", "government")
def jobs() -> pd.DataFrame:
    """Jobs in the United States in each month, in thousands."""
    table = Path(__file__).with_name("us-employment.csv")
    return pd.read_csv(table, parse_dates=["month"], index_col="month")


@parameterize(
    growth_construction={"workers": source("construction")},
    growth_manufacturing={"workers": source("manufacturing")},
    growth_government={"workers": source("manufacturing")},
)
def growth(workers: pd.Series) -> pd.Series:
    """Growth in the number of jobs over twelve months, as a fraction."""
    return workers.pct_change(12)


def factory_trend(growth_manufacturing: pd.Series) -> float:
    """Growth in manufacturing over the last twelve months, as a fraction."""
    return float(growth_manufacturing.iloc[-1])
