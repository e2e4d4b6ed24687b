from pathlib import Path

import pandas as pd

from headwater import pipe_output, source, step


def _filled(values: pd.Series) -> pd.Series:
    """Missing values, interpolated from their neighbors."""
    return values.interpolate()


def _smoothed(values: pd.Series, weeks: int) -> pd.Series:
    """Mean over a number of weeks, missing if any of them has no value."""
    return values.rolling(weeks, center=True).mean()


def _rounded(values: pd.Series) -> pd.Series:
    """Values rounded to one decimal place."""
    return values.round(1)


def measured() -> pd.DataFrame:
    """Weekly carbon dioxide at Mauna Loa, in ppm. 59 weeks have no value."""
    table = pd.read_csv(Path(__file__).with_name("co2.csv"))
    weeks = pd.to_datetime(table["date"].astype(str), format="%Y%m%d")
    return table[["co2"]].set_index(pd.DatetimeIndex(weeks))


def smoothing_weeks() -> int:
    """Number of weeks over which the values are smoothed."""
    return 27


@pipe_output(
    step(_filled),
    step(_smoothed, weeks=source("smoothing_weeks")),
    step(_rounded),
)
def co2(measured: pd.DataFrame) -> pd.Series:
    """Carbon dioxide by week, without gaps and smoothed, in ppm."""
    return measured["co2"]


def highest(co2: pd.Series) -> float:
    """Highest value of all weeks, in ppm."""
    return float(co2.max())


def gaps(measured: pd.DataFrame) -> int:
    """Number of weeks without a measurement."""
    return int(measured["co2"].isna().sum())
