from pathlib import Path

import pandas as pd

from headwater import extract_columns


@extract_columns("construction", "manufacturing", "government")
def jobs() -> pd.DataFrame:
    """Jobs in the United States in each month, in thousands."""
    table = Path(__file__).with_name("us-employment.csv")
    return pd.read_csv(table, parse_dates=["month"], index_col="month")


def growth_construction(construction: pd.Series) -> pd.Series:
    """Growth in the number of jobs over twelve months, as a fraction."""
    return construction.pct_change(12)


def growth_manufacturing(manufacturing: pd.Series) -> pd.Series:
    """Growth in the number of jobs over twelve months, as a fraction."""
    return manufacturing.pct_change(12)


def growth_government(government: pd.Series) -> pd.Series:
    """Growth in the number of jobs over twelve months, as a fraction."""
    return government.pct_change(12)


def factory_trend(growth_manufacturing: pd.Series) -> float:
    """Growth in manufacturing over the last twelve months, as a fraction."""
    return float(growth_manufacturing.iloc[-1])
