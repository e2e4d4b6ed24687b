import pandas as pd


def manufacturing_share(
    manufacturing_jobs: pd.Series, total_jobs: pd.Series
) -> pd.Series:
    """Jobs in manufacturing as a share of all jobs, in percent."""
    return 100 * manufacturing_jobs / total_jobs


def lowest_month(manufacturing_jobs: pd.Series) -> pd.Timestamp:
    """The month with the fewest jobs in manufacturing."""
    return manufacturing_jobs.idxmin()


def jobs_lost(employment: pd.DataFrame) -> float:
    """Decline from the first month to the lowest one, in thousands of jobs."""
    return float(
        employment["manufacturing"].iloc[0] - employment["manufacturing"].min()
    )
