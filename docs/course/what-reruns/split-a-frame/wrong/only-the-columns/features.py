from pathlib import Path

import pandas as pd


def weather() -> pd.DataFrame:
    """Daily weather in Seattle, four years: rain in mm, temperatures in °C."""
    table = Path(__file__).with_name("seattle-weather.csv")
    return pd.read_csv(table, parse_dates=["date"], index_col="date")


def temp_max(weather: pd.DataFrame) -> pd.Series:
    """Highest temperature of the day, in °C."""
    return weather["temp_max"]


def rain(weather: pd.DataFrame) -> pd.Series:
    """Rain on each day, in mm."""
    return weather["precipitation"]


def warm_days(weather: pd.DataFrame) -> int:
    """Days on which it was warmer than 25 °C."""
    return int((weather["temp_max"] > 25).sum())


def hottest_day(weather: pd.DataFrame) -> str:
    """Day with the highest temperature."""
    return f"{weather['temp_max'].idxmax():%Y-%m-%d}"


def rainy_days(weather: pd.DataFrame) -> int:
    """Days with any rain."""
    return int((weather["precipitation"] > 0).sum())
