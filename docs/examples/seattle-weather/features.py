"""Weather features: temperatures, seasonal baseline, warm spells, rain."""

from pathlib import Path

import pandas as pd

SEASON_DAYS = 31  # the number of days averaged for a calendar day's baseline
WARM = 2.0  # a day is warm if its anomaly is above this, in °C


def weather() -> pd.DataFrame:
    """Daily weather in Seattle, four years: rain in mm, temperatures in °C."""
    table = Path(__file__).with_name("seattle-weather.csv")
    return pd.read_csv(table, parse_dates=["date"], index_col="date")


def temp_mean(weather: pd.DataFrame) -> pd.Series:
    """Mean temperature of the day, in °C."""
    return (weather["temp_max"] + weather["temp_min"]) / 2


def temp_rolling(temp_mean: pd.Series, window: int = 14) -> pd.Series:
    """Temperature smoothed over the last `window` days, in °C."""
    return temp_mean.rolling(window, min_periods=1).mean()


def seasonal_baseline(temp_mean: pd.Series) -> pd.Series:
    """Usual temperature of the calendar day, in °C: the mean of earlier years.

    The first year has no earlier years, so it has no baseline.
    """
    around = temp_mean.rolling(SEASON_DAYS, center=True, min_periods=1)
    smooth = around.mean()
    same_day = smooth.groupby([smooth.index.month, smooth.index.day])
    earlier = same_day.cumcount()
    return ((same_day.cumsum() - smooth) / earlier)[earlier > 0]


def anomaly(temp_rolling: pd.Series, seasonal_baseline: pd.Series) -> pd.Series:
    """Difference between the recent and the usual temperature, in °C."""
    return (temp_rolling - seasonal_baseline).dropna()


def warm_spells(anomaly: pd.Series, min_days: int = 5) -> pd.DataFrame:
    """Periods of at least `min_days` warm days, with their peaks in °C."""
    warm = anomaly > WARM
    stretch = warm.ne(warm.shift()).cumsum()
    days = anomaly[warm].rename_axis("first").reset_index(name="above")
    spells = days.groupby(stretch[warm].to_numpy()).agg(
        first=("first", "first"),
        days=("above", "size"),
        peak=("above", "max"),
    )
    return spells[spells["days"] >= min_days].reset_index(drop=True)


def rain_days(weather: pd.DataFrame) -> pd.Series:
    """Days of each year with at least 1 mm of rain or snow."""
    return (weather["precipitation"] >= 1).groupby(weather.index.year).sum()
