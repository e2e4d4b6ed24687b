from pathlib import Path

import pandas as pd

from headwater import config


def fahrenheit() -> pd.Series:
    """Temperature of each hour of 2010 in Seattle, in °F."""
    table = Path(__file__).with_name("seattle-temps.csv")
    return pd.read_csv(table)["temp"]


@config.otherwise
def temps__celsius(fahrenheit: pd.Series) -> pd.Series:
    """Temperature of each hour, in °C."""
    return (fahrenheit - 32) * 5 / 9


@config.otherwise
def temps__fahrenheit(fahrenheit: pd.Series) -> pd.Series:
    """Temperature of each hour, in °F."""
    return fahrenheit


def mean_temp(temps: pd.Series) -> float:
    """Mean temperature of the year, in the unit of the config."""
    return float(temps.mean())
