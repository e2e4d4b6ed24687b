from pathlib import Path

import pandas as pd


def weather() -> pd.DataFrame:
    """Daily weather in Seattle, four years: rain in mm, temperatures in °C."""
    table = Path(__file__).with_name("seattle-weather.csv")
    return pd.read_csv(table, parse_dates=["date"], index_col="date")


def standardized(weather: pd.DataFrame) -> pd.DataFrame:
    """Distance from the mean, in standard deviations."""
    numbers = weather[["temp_max", "precipitation"]]
    return (numbers - numbers.mean()) / numbers.std()


def temp_score(standardized: pd.DataFrame) -> pd.Series:
    """Highest temperature of the day, in standard deviations from the mean."""
    return standardized["temp_max"]


def rain_score(standardized: pd.DataFrame) -> pd.Series:
    """Rain on each day, in standard deviations from the mean."""
    return standardized["precipitation"]


def extreme_days(temp_score: pd.Series, rain_score: pd.Series) -> int:
    """Days on which either score is more than two."""
    return int(((temp_score > 2) | (rain_score > 2)).sum())
