from pathlib import Path

import pandas as pd


def weather() -> pd.DataFrame:
    """Daily weather in Seattle, four years: rain in mm, temperatures in °C."""
    table = Path(__file__).with_name("seattle-weather.csv")
    return pd.read_csv(table, parse_dates=["date"], index_col="date")


def temp_score(weather: pd.DataFrame) -> pd.Series:
    """Highest temperature of the day, in standard deviations from the mean."""
    temps = weather["temp_max"]
    return (temps - temps.mean()) / temps.std()


def rain_score(weather: pd.DataFrame) -> pd.Series:
    """Rain on each day, in standard deviations from the mean."""
    rain = weather["precipitation"]
    return (rain - rain.mean()) / rain.std()


def extreme_days(temp_score: pd.Series, rain_score: pd.Series) -> int:
    """Days on which either score is more than two."""
    return int(((temp_score > 2) | (rain_score > 2)).sum())
