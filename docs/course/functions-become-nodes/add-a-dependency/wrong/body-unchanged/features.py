from pathlib import Path

import pandas as pd


def weather() -> pd.DataFrame:
    """Daily weather in Seattle, four years: rain in mm, temperatures in °C."""
    table = Path(__file__).with_name("seattle-weather.csv")
    return pd.read_csv(table, parse_dates=["date"], index_col="date")


def temp_mean(weather: pd.DataFrame) -> pd.Series:
    """Mean temperature of the day, in °C."""
    return (weather["temp_max"] + weather["temp_min"]) / 2


def cold_days(temp_mean: pd.Series) -> int:
    """Days with a mean temperature below 5 °C."""
    mean = (weather["temp_max"] + weather["temp_min"]) / 2
    return int((mean < 5).sum())
