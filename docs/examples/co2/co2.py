"""Carbon dioxide in the air: gaps filled, seasons removed, growth by decade."""

from pathlib import Path
from typing import Literal

import pandas as pd

from headwater import pipe_output, step

MONTHS = 12


def _monthly(weekly: pd.Series) -> pd.Series:
    """Mean of each month."""
    return weekly.resample("MS").mean()


def _filled(monthly: pd.Series, method: Literal["linear", "time"]) -> pd.Series:
    """Gaps filled from the months around them."""
    return monthly.interpolate(method)


def _rounded(monthly: pd.Series, digits: int) -> pd.Series:
    """Values rounded to a number of digits."""
    return monthly.round(digits)


def measured() -> pd.Series:
    """Carbon dioxide at Mauna Loa by week, in ppm, with 59 gaps."""
    table = pd.read_csv(Path(__file__).with_name("co2.csv"))
    weeks = pd.to_datetime(table["date"].astype(str), format="%Y%m%d")
    return table["co2"].set_axis(pd.DatetimeIndex(weeks))


def gaps(measured: pd.Series) -> int:
    """Number of weeks without a measurement."""
    return int(measured.isna().sum())


@pipe_output(
    step(_monthly).named("monthly"),
    step(_filled, method="time").named("filled"),
    step(_rounded, digits=2).named("rounded"),
)
def co2(measured: pd.Series) -> pd.Series:
    """Carbon dioxide by month, in ppm, without gaps."""
    return measured


def trend(co2: pd.Series) -> pd.Series:
    """Mean of the twelve months around each month, in ppm."""
    return co2.rolling(MONTHS, center=True).mean().dropna()


def season(co2: pd.Series, trend: pd.Series) -> pd.Series:
    """Mean deviation of each calendar month from the trend, in ppm."""
    deviation = (co2 - trend).dropna()
    return deviation.groupby(deviation.index.month).mean().round(2)


def amplitude(season: pd.Series) -> float:
    """Difference between the highest and the lowest month, in ppm."""
    return float(season.max() - season.min())


def growth(trend: pd.Series) -> pd.Series:
    """Mean growth of the trend in each decade, in ppm per year."""
    yearly = trend.diff(MONTHS).dropna()
    return yearly.groupby(yearly.index.year // 10 * 10).mean().round(2)
