"""Wind over 2 to 35 days."""

import pandas as pd

from headwater import parameterize, value

WINDOWS = range(2, 36)


@parameterize(**{f"wind_mean_{n}d": {"days": value(n)} for n in WINDOWS})
def wind_over(wind: pd.Series, days: int) -> pd.Series:
    """Mean wind over the last {days} days, in m/s."""
    return wind.rolling(days, min_periods=1).mean()


@parameterize(**{f"wind_max_{n}d": {"days": value(n)} for n in WINDOWS})
def wind_max(wind: pd.Series, days: int) -> pd.Series:
    """Wind on the windiest of the last {days} days, in m/s."""
    return wind.rolling(days, min_periods=1).max()


def gust_factor(wind_max_7d: pd.Series, wind_mean_7d: pd.Series) -> pd.Series:
    """Highest wind of a week, divided by the week's mean."""
    return wind_max_7d / wind_mean_7d


@parameterize(**{f"calm_days_{n}d": {"days": value(n)} for n in WINDOWS})
def calm_days(wind: pd.Series, days: int) -> pd.Series:
    """Number of days with wind below 2 m/s among the last {days} days."""
    return (wind < 2).rolling(days, min_periods=1).sum()
