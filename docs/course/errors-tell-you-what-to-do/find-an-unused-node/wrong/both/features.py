from pathlib import Path

import pandas as pd


def weather() -> pd.DataFrame:
    """Daily weather in Seattle, four years: rain in mm, temperatures in °C."""
    table = Path(__file__).with_name("seattle-weather.csv")
    return pd.read_csv(table, parse_dates=["date"], index_col="date")


def temp_mean(weather: pd.DataFrame) -> pd.Series:
    """Mean temperature of the day, in °C."""
    return (weather["temp_max"] + weather["temp_min"]) / 2


def frost_limit() -> float:
    """Mean temperature below which a day counts as frosty, in °C."""
    return 0.0


def frosty_days(
    temp_mean: pd.Series, frost_limit: float, frost_limt: float = 5.0
) -> int:
    """Days with a mean temperature below the limit."""
    return int((temp_mean < frost_limt).sum())
