from pathlib import Path

import pandas as pd


def weather() -> pd.DataFrame:
    """Daily weather in Seattle, four years: rain in mm, temperatures in °C."""
    table = Path(__file__).with_name("seattle-weather.csv")
    return pd.read_csv(table, parse_dates=["date"], index_col="date")


def rain(weather: pd.DataFrame) -> pd.Series:
    """Rain on each day, in mm."""
    return weather["precipitation"]


def wettest_day(rain: pd.DataFrame) -> pd.Timestamp:
    """The day with the most rain."""
    return rain.idxmax()


def rain_total(rain: pd.Series) -> float:
    """Total rain in all four years, in mm."""
    return float(rain.sum())


def rain_per_year(rain_total: float) -> float:
    """Mean rain per year, in mm."""
    return rain_total / 4
