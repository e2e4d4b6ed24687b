import pandas as pd


def manufacturing_share(data2: pd.Series, total_jobs: pd.Series) -> pd.Series:
    """Jobs in manufacturing as a share of all jobs, in percent."""
    return 100 * data2 / total_jobs


def lowest_month(data2: pd.Series) -> pd.Timestamp:
    """The month with the fewest jobs in manufacturing."""
    return data2.idxmin()


def jobs_lost(data2: pd.Series) -> float:
    """Decline from the first month to the lowest one, in thousands of jobs."""
    return float(data2.iloc[0] - data2.min())
