from pathlib import Path

import pandas as pd

from headwater import tag


def employment() -> pd.DataFrame:
    """Jobs in the United States by month and industry, in thousands."""
    table = Path(__file__).with_name("us-employment.csv")
    return pd.read_csv(table, parse_dates=["month"], index_col="month")


@tag(unit="thousands")
def total_jobs(employment: pd.DataFrame) -> pd.Series:
    """All nonfarm jobs, in thousands."""
    return employment["nonfarm"]


@tag(unit="thousands")
def monthly_change(total_jobs: pd.Series) -> pd.Series:
    """Change from the month before, in thousands of jobs."""
    return total_jobs.diff()


@tag(unit="percent")
def yearly_growth(total_jobs: pd.Series) -> pd.Series:
    """Change from the same month of the year before, in percent."""
    return 100 * (total_jobs / total_jobs.shift(12) - 1)


@tag(unit="percent")
def manufacturing_share(
    employment: pd.DataFrame, total_jobs: pd.Series
) -> pd.Series:
    """Jobs in manufacturing as a share of all jobs, in percent."""
    return 100 * employment["manufacturing"] / total_jobs


@tag(unit="percent")
def lowest_month(manufacturing_share: pd.Series) -> pd.Timestamp:
    """The month with the lowest share of jobs in manufacturing."""
    return manufacturing_share.idxmin()
