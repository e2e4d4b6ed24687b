from pathlib import Path

import pandas as pd

from headwater import config, tag


def weather() -> pd.DataFrame:
    """Daily weather in Seattle, four years: rain in mm, temperatures in °C."""
    table = Path(__file__).with_name("seattle-weather.csv")
    return pd.read_csv(table, parse_dates=["date"], index_col="date")


def temp_mean(weather: pd.DataFrame) -> pd.Series:
    """Mean temperature of the day, in °C."""
    return (weather["temp_max"] + weather["temp_min"]) / 2


@tag(unit="°C", kind="feature")
@config.when(smoothing="median")
def temp_rolling__median(temp_mean: pd.Series, window: int = 14) -> pd.Series:
    """Median temperature of the last `window` days, in °C."""
    return temp_mean.rolling(window, min_periods=1).median()


@tag(unit="°C", kind="feature")
@config.otherwise
def temp_rolling__mean(temp_mean: pd.Series, window: int = 14) -> pd.Series:
    """Temperature smoothed over the last `window` days, in °C."""
    return temp_mean.rolling(window, min_periods=1).mean()
