from pathlib import Path

import pandas as pd


def weather() -> pd.DataFrame:
    """Daily weather in Seattle, four years: rain in mm, temperatures in °C."""
    table = Path(__file__).with_name("seattle-weather.csv")
    return pd.read_csv(table, parse_dates=["date"], index_col="date")


def temp_mean(weather: pd.DataFrame) -> pd.Series:
    """Mean temperature of the day, in °C."""
    return (weather["temp_max"] + weather["temp_min"]) / 2


def mean_temp(temp_mean: pd.Series) -> float:
    """Mean temperature of the four years, in °C."""
    return float(temp_mean.mean())


def frosty_days(temp_mean: pd.Series) -> int:
    """Days with a mean temperature below 0 °C."""
    return int((temp_mean < 0).sum())


def frost_share(frosty_days: int, weather: pd.DataFrame) -> float:
    """Share of the days with frost, from 0 to 1."""
    return frosty_days / len(weather)
