"""Temperatures over 2 to 35 days."""

import pandas as pd

from headwater import parameterize, value

WINDOWS = range(2, 36)


def temp_mean(temp_max: pd.Series, temp_min: pd.Series) -> pd.Series:
    """Mean temperature of the day, in °C."""
    return (temp_max + temp_min) / 2


@parameterize(**{f"temp_mean_{n}d": {"days": value(n)} for n in WINDOWS})
def temp_over(temp_mean: pd.Series, days: int) -> pd.Series:
    """Mean temperature over the last {days} days, in °C."""
    return temp_mean.rolling(days, min_periods=1).mean()


@parameterize(**{f"temp_high_{n}d": {"days": value(n)} for n in WINDOWS})
def temp_high(temp_max: pd.Series, days: int) -> pd.Series:
    """Highest temperature over the last {days} days, in °C."""
    return temp_max.rolling(days, min_periods=1).max()


@parameterize(**{f"temp_low_{n}d": {"days": value(n)} for n in WINDOWS})
def temp_low(temp_min: pd.Series, days: int) -> pd.Series:
    """Lowest temperature over the last {days} days, in °C."""
    return temp_min.rolling(days, min_periods=1).min()


@parameterize(**{f"temp_change_{n}d": {"days": value(n)} for n in WINDOWS})
def temp_change(temp_mean: pd.Series, days: int) -> pd.Series:
    """Change in the mean temperature over {days} days, in °C."""
    return temp_mean.diff(days)
