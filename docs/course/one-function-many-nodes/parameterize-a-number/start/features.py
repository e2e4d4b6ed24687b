from pathlib import Path

import pandas as pd

from headwater import extract_columns, parameterize, value


@extract_columns("nonfarm")
def jobs() -> pd.DataFrame:
    """Jobs in the United States in each month, in thousands."""
    table = Path(__file__).with_name("us-employment.csv")
    return pd.read_csv(table, parse_dates=["month"], index_col="month")


def growth_month(nonfarm: pd.Series) -> pd.Series:
    """Growth in the number of jobs over one month, as a fraction."""
    return nonfarm.pct_change(1)


def growth_quarter(nonfarm: pd.Series) -> pd.Series:
    """Growth in the number of jobs over three months, as a fraction."""
    return nonfarm.pct_change(3)


def growth_year(nonfarm: pd.Series) -> pd.Series:
    """Growth in the number of jobs over twelve months, as a fraction."""
    return nonfarm.pct_change(12)
