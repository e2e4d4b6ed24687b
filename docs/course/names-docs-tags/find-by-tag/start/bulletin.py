import pandas as pd

from headwater import tag


@tag(audience="public")
def total_growth(total_jobs: pd.Series) -> float:
    """Growth in all jobs over ten years, in percent."""
    return float(100 * (total_jobs.iloc[-1] / total_jobs.iloc[0] - 1))


@tag(audience="public")
def industrial_share(
    industrial_jobs: pd.Series, total_jobs: pd.Series
) -> pd.Series:
    """Industrial jobs as a share of all jobs, in percent."""
    return 100 * industrial_jobs / total_jobs


@tag(audience="public")
def construction_share(
    construction_jobs: pd.Series, total_jobs: pd.Series
) -> pd.Series:
    """Jobs in construction as a share of all jobs, in percent."""
    return 100 * construction_jobs / total_jobs


@tag(audience="internal")
def manufacturing_trend(manufacturing_jobs: pd.Series) -> pd.Series:
    """Mean of the last 12 months, in thousands of jobs."""
    return manufacturing_jobs.rolling(12).mean()


@tag(audience="public")
def lowest_month(manufacturing_trend: pd.Series) -> pd.Timestamp:
    """Last month of the 12-month period with the fewest manufacturing jobs."""
    return manufacturing_trend.idxmin()


@tag(audience="public")
def headline(total_growth: float, industrial_share: pd.Series) -> str:
    """The first sentence of the bulletin."""
    share = industrial_share.iloc[-1]
    return f"Jobs grew by {total_growth:.1f}%; {share:.1f}% are industrial."
