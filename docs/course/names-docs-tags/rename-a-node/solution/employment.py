from pathlib import Path

import pandas as pd


def employment() -> pd.DataFrame:
    """Jobs in the United States by month and industry, in thousands."""
    table = Path(__file__).with_name("us-employment.csv")
    return pd.read_csv(table, parse_dates=["month"], index_col="month")


def total_jobs(employment: pd.DataFrame) -> pd.Series:
    """All nonfarm jobs, in thousands."""
    return employment["nonfarm"]


def manufacturing_jobs(employment: pd.DataFrame) -> pd.Series:
    """Jobs in manufacturing, in thousands."""
    return employment["manufacturing"]
