"""Rain over 2 to 35 days."""

import pandas as pd

from headwater import parameterize, value

WINDOWS = range(2, 36)


@parameterize(**{f"rain_sum_{n}d": {"days": value(n)} for n in WINDOWS})
def rain_sum(rain: pd.Series, days: int) -> pd.Series:
    """Rain over the last {days} days, in mm."""
    return rain.rolling(days, min_periods=1).sum()


@parameterize(**{f"rain_max_{n}d": {"days": value(n)} for n in WINDOWS})
def rain_max(rain: pd.Series, days: int) -> pd.Series:
    """Rain on the wettest of the last {days} days, in mm."""
    return rain.rolling(days, min_periods=1).max()


@parameterize(**{f"wet_days_{n}d": {"days": value(n)} for n in WINDOWS})
def wet_days(rain: pd.Series, days: int) -> pd.Series:
    """Number of wet days among the last {days} days."""
    return (rain > 0).rolling(days, min_periods=1).sum()
