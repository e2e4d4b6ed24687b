from pathlib import Path

import pandas as pd


def employment() -> pd.DataFrame:
    """Jobs in the United States by month and industry, in thousands."""
    table = Path(__file__).with_name("us-employment.csv")
    return pd.read_csv(table, parse_dates=["month"], index_col="month")


def total_jobs(employment: pd.DataFrame) -> pd.Series:
    """All nonfarm jobs, in thousands."""
    return employment["nonfarm"]


def monthly_change(total_jobs: pd.Series) -> pd.Series:
    """Change from the month before, in thousands of jobs."""
    return total_jobs.diff()


def yearly_growth(total_jobs: pd.Series) -> pd.Series:
    """Change from the same month of the year before, in percent."""
    return 100 * (total_jobs / total_jobs.shift(12) - 1)


def time_below_peak(total_jobs: pd.Series) -> int:
    return int((total_jobs < total_jobs.cummax()).sum())
    """Number of months with fewer jobs than in an earlier month."""
