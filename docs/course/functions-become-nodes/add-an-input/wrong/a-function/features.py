from pathlib import Path

import pandas as pd


def weather() -> pd.DataFrame:
    """Daily weather in Seattle, four years: rain in mm, temperatures in °C."""
    table = Path(__file__).with_name("seattle-weather.csv")
    return pd.read_csv(table, parse_dates=["date"], index_col="date")


def temp_mean(weather: pd.DataFrame) -> pd.Series:
    """Mean temperature of the day, in °C."""
    return (weather["temp_max"] + weather["temp_min"]) / 2


def warm() -> float:
    """The temperature above which a day counts as warm, in °C."""
    return 20.0


def warm_days(temp_mean: pd.Series, warm: float) -> int:
    """Days with a mean temperature above 20 °C."""
    return int((temp_mean > warm).sum())


def rainy_days(weather: pd.DataFrame) -> int:
    """Days with any rain."""
    return int((weather["precipitation"] > 0).sum())


def report(warm_days: int, rainy_days: int) -> str:
    """Summary of the four years, in a sentence."""
    return f"{warm_days} days were warm, {rainy_days} had rain."
