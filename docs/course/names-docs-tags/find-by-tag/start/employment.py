from pathlib import Path

import pandas as pd

from headwater import tag


def employment() -> pd.DataFrame:
    """Jobs in the United States by month and industry, in thousands."""
    table = Path(__file__).with_name("us-employment.csv")
    return pd.read_csv(table, parse_dates=["month"], index_col="month")


@tag(audience="public")
def total_jobs(employment: pd.DataFrame) -> pd.Series:
    """All nonfarm jobs, in thousands."""
    return employment["nonfarm"]


@tag(audience="internal")
def manufacturing_jobs(employment: pd.DataFrame) -> pd.Series:
    """Jobs in manufacturing, in thousands."""
    return employment["manufacturing"]


@tag(audience="internal")
def construction_jobs(employment: pd.DataFrame) -> pd.Series:
    """Jobs in construction, in thousands."""
    return employment["construction"]


@tag(audience="internal")
def industrial_jobs(
    manufacturing_jobs: pd.Series, construction_jobs: pd.Series
) -> pd.Series:
    """Jobs in manufacturing and construction, in thousands."""
    return manufacturing_jobs + construction_jobs
