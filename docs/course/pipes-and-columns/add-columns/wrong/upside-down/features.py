from pathlib import Path

import pandas as pd

from headwater import exclude, with_columns


def measured() -> pd.DataFrame:
    """Weekly carbon dioxide at Mauna Loa, in ppm. 59 weeks have no value."""
    table = pd.read_csv(Path(__file__).with_name("co2.csv"))
    weeks = pd.to_datetime(table["date"].astype(str), format="%Y%m%d")
    return table[["co2"]].set_index(pd.DatetimeIndex(weeks))


def clean(measured: pd.DataFrame) -> pd.DataFrame:
    """The measurements, with interpolated gaps."""
    return measured.interpolate()


@exclude
def trend(co2: pd.Series) -> pd.Series:
    """Mean over a year, in ppm."""
    return co2.rolling(52, center=True).mean()


@exclude
def season(co2: pd.Series, trend: pd.Series) -> pd.Series:
    """Difference from the trend, in ppm."""
    return trend - co2


@with_columns(trend, season, columns_to_pass=["co2"])
def weekly(clean: pd.DataFrame) -> pd.DataFrame:
    """A row for each week, with the columns of the analysis."""
    return clean


def last_week(weekly: pd.DataFrame) -> dict[str, float]:
    """Values in the last week that has no missing values, in ppm."""
    return weekly.dropna().iloc[-1].round(2).to_dict()
