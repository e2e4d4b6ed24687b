from pathlib import Path

import pandas as pd


def weather() -> pd.DataFrame:
    """Daily weather in Seattle, four years: rain in mm, temperatures in °C."""
    table = Path(__file__).with_name("seattle-weather.csv")
    return pd.read_csv(table, parse_dates=["date"], index_col="date")


def rain(weather: pd.DataFrame) -> pd.Series:
    """Rain on each day, in mm."""
    return weather["precipitation"]


def rainy_days(rain: pd.Series) -> int:
    """Days with any rain."""
    return int((rain > 0).sum())


def temp_mean(weather: pd.DataFrame) -> pd.Series:
    """Mean temperature of the day, in °C."""
    return (weather["temp_max"] + weather["temp_min"]) / 2


def warm_days(temp_mean: pd.Series) -> int:
    """Days with a mean temperature above 20 °C."""
    return int((temp_mean > 20).sum())


def report(weather: pd.DataFrame) -> str:
    """Summary of the four years, in a sentence."""
    warm = warm_days(temp_mean(weather))
    rainy = rainy_days(rain(weather))
    return f"{warm} days were warm, {rainy} had rain."
