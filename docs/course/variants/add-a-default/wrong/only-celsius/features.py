from pathlib import Path

import pandas as pd

from headwater import config


def fahrenheit() -> pd.Series:
    """Hourly temperatures in Seattle in 2010, in °F."""
    table = Path(__file__).with_name("seattle-temps.csv")
    return pd.read_csv(table)["temp"]


def temps(fahrenheit: pd.Series) -> pd.Series:
    """Hourly temperatures, in °C."""
    return (fahrenheit - 32) * 5 / 9


def mean_temp(temps: pd.Series) -> float:
    """Mean temperature of the year, in the unit that the config selects."""
    return float(temps.mean())
