from pathlib import Path

import pandas as pd

from headwater import extract_columns


def jobs() -> pd.DataFrame:
    """Jobs in the United States in each month, in thousands."""
    table = Path(__file__).with_name("us-employment.csv")
    return pd.read_csv(table, parse_dates=["month"], index_col="month")


def construction(jobs: pd.DataFrame) -> pd.Series:
    """Jobs in construction, in thousands."""
    return jobs["construction"]


def nonfarm(jobs: pd.DataFrame) -> pd.Series:
    """All nonfarm jobs, in thousands."""
    return jobs["nonfarm"]


def construction_share(
    construction: pd.Series, nonfarm: pd.Series
) -> pd.Series:
    """Jobs in construction as a share of all jobs, from 0 to 1."""
    return construction / nonfarm


def construction_low(construction: pd.Series) -> pd.Timestamp:
    """The month with the fewest jobs in construction."""
    return construction.idxmin()
