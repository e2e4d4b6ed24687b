from pathlib import Path

import pandas as pd


def weather() -> pd.DataFrame:
    """Daily weather in Seattle, four years: rain in mm, temperatures in °C."""
    table = Path(__file__).with_name("seattle-weather.csv")
    return pd.read_csv(table, parse_dates=["date"], index_col="date")


def very_wet_days(weather: pd.DataFrame) -> int:
    """Days with any rain."""
    return int((weather["precipitation"] > 0).sum())


def report(very_wet_days: int) -> str:
    """The rain in the four years, in a sentence."""
    return f"It rained on {very_wet_days} days."
