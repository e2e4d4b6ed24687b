import pandas as pd


def manufacturing_share(
    factory_jobs: pd.Series, total_jobs: pd.Series
) -> pd.Series:
    """Jobs in manufacturing as a share of all jobs, in percent."""
    return 100 * factory_jobs / total_jobs


def lowest_month(factory_jobs: pd.Series) -> pd.Timestamp:
    """The month with the fewest jobs in manufacturing."""
    return factory_jobs.idxmin()


def jobs_lost(factory_jobs: pd.Series) -> float:
    """Decline from the first month to the lowest one, in thousands of jobs."""
    return float(factory_jobs.iloc[0] - factory_jobs.min())
