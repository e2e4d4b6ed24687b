from pathlib import Path

import pandas as pd


def weather() -> pd.DataFrame:
    """Daily weather in Seattle, four years: rain in mm, temperatures in °C."""
    table = Path(__file__).with_name("seattle-weather.csv")
    return pd.read_csv(table, parse_dates=["date"], index_col="date")


def temp_maen(weather: pd.DataFrame) -> pd.Series:
    """Mean temperature of the day, in °C."""
    return (weather["temp_max"] + weather["temp_min"]) / 2


def temp_rolling(temp_maen: pd.Series) -> pd.Series:
    """Mean temperature of the last 14 days, in °C."""
    return temp_maen.rolling(14).mean()


def coldest_day(temp_rolling: pd.Series) -> pd.Timestamp:
    """The last day of the coldest 14 days."""
    return temp_rolling.idxmin()
