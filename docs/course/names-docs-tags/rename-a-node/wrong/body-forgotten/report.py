import pandas as pd


def manufacturing_share(
    manufacturing_jobs: pd.Series, total_jobs: pd.Series
) -> pd.Series:
    """Jobs in manufacturing as a share of all jobs, in percent."""
    return 100 * data2 / total_jobs


def lowest_month(manufacturing_jobs: pd.Series) -> pd.Timestamp:
    """The month with the fewest jobs in manufacturing."""
    return manufacturing_jobs.idxmin()


def jobs_lost(manufacturing_jobs: pd.Series) -> float:
    """Decline from the first month to the lowest one, in thousands of jobs."""
    return float(manufacturing_jobs.iloc[0] - manufacturing_jobs.min())
