"""Temperatures of one city. The functions work for any city."""

from pathlib import Path

import pandas as pd

from headwater import exclude


@exclude
def hourly(file: str) -> pd.Series:
    """Hourly temperatures in 2010, in °F."""
    table = pd.read_csv(Path(__file__).with_name(file), parse_dates=["date"])
    return table.set_index("date")["temp"]


@exclude
def daily(hourly: pd.Series) -> pd.Series:
    """Mean temperature of each day, in °F."""
    return hourly.resample("D").mean()


@exclude
def heating(daily: pd.Series, base: float) -> float:
    """Heating degree days: degrees below `base`, in °F, summed over all days."""
    return float((base - daily).clip(lower=0).sum())


@exclude
def daily_range(hourly: pd.Series) -> float:
    """Mean difference between the warmest and coldest hour of a day, in °F."""
    days = hourly.resample("D")
    return float((days.max() - days.min()).mean())
