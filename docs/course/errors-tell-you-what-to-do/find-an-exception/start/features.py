from pathlib import Path

import pandas as pd


def weather() -> pd.DataFrame:
    """Daily weather in Seattle, four years: rain in mm, temperatures in °C."""
    table = Path(__file__).with_name("seattle-weather.csv")
    return pd.read_csv(table, parse_dates=["date"], index_col="date")


def wind(weather: pd.DataFrame) -> pd.Series:
    """Wind speed on each day, in m/s."""
    return weather["wind_speed"]


def calm_days(wind: pd.Series) -> int:
    """Days with less than 2 m/s of wind."""
    return int((wind < 2).sum())


def rainy_days(weather: pd.DataFrame) -> int:
    """Days with any rain."""
    return int((weather["precipitation"] > 0).sum())


def calm_share(calm_days: int, weather: pd.DataFrame) -> float:
    """Share of the days that were calm, from 0 to 1."""
    return calm_days / len(weather)
