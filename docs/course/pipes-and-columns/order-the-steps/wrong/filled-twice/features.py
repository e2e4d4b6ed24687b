from pathlib import Path

import pandas as pd

from headwater import pipe_output, step


def _filled(values: pd.Series) -> pd.Series:
    """Missing values, interpolated from their neighbors."""
    return values.interpolate()


def _smoothed(values: pd.Series, weeks: int) -> pd.Series:
    """Mean over a number of weeks, missing if any of them has no value."""
    return values.rolling(weeks, center=True).mean()


def measured() -> pd.DataFrame:
    """Weekly carbon dioxide at Mauna Loa, in ppm. 59 weeks have no value."""
    table = pd.read_csv(Path(__file__).with_name("co2.csv"))
    weeks = pd.to_datetime(table["date"].astype(str), format="%Y%m%d")
    return table[["co2"]].set_index(pd.DatetimeIndex(weeks))


@pipe_output(step(_filled), step(_smoothed, weeks=9), step(_filled))
def co2(measured: pd.DataFrame) -> pd.Series:
    """Carbon dioxide by week, without gaps and smoothed, in ppm."""
    return measured["co2"]


def highest(co2: pd.Series) -> float:
    """Highest value of all weeks, in ppm."""
    return float(co2.max())
