from pathlib import Path

import pandas as pd


def weather() -> pd.DataFrame:
    """Daily weather in Seattle, four years: rain in mm, temperatures in °C."""
    table = Path(__file__).with_name("seattle-weather.csv")
    return pd.read_csv(table, parse_dates=["date"], index_col="date")


def wet_days(weather: pd.DataFrame) -> int:
    """Days with any rain."""
    return int((weather["precipitation"] > 0).sum())


def report(wet_days: int) -> str:
    """The rain in the four years, in a sentence."""
    return f"It rained on {wet_days} days."
