"""Temperatures of one city. The functions work for any city."""

from pathlib import Path

import pandas as pd

from headwater import exclude

COMFORT = 65.0  # in °F; on warmer days, no heating is needed


@exclude
def hourly(file: str) -> pd.Series:
    """Hourly temperature in 2010, in °F."""
    table = pd.read_csv(Path(__file__).with_name(file), parse_dates=["date"])
    return table.set_index("date")["temp"]


@exclude
def daily(hourly: pd.Series) -> pd.Series:
    """Mean temperature of each day, in °F."""
    return hourly.resample("D").mean()


@exclude
def heating_days(daily: pd.Series) -> float:
    """Heating degree days of the year, in °F: a measure of heating demand."""
    return round(float((COMFORT - daily).clip(lower=0).sum()), 0)


@exclude
def daily_range(hourly: pd.Series) -> float:
    """Mean difference between the warmest and the coldest hour, in °F."""
    days = hourly.resample("D")
    return round(float((days.max() - days.min()).mean()), 1)


@exclude
def summary(heating_days: float, daily_range: float) -> dict[str, float]:
    """Both measures."""
    return {"heating_days": heating_days, "daily_range": daily_range}
