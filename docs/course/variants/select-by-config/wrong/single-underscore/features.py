from pathlib import Path

import pandas as pd

from headwater import config


@config.otherwise
def temps_seattle() -> pd.Series:
    """Hourly temperatures in Seattle in 2010, in °F."""
    table = Path(__file__).with_name("seattle-temps.csv")
    return pd.read_csv(table)["temp"]


@config.when(city="sf")
def temps_sf() -> pd.Series:
    """Hourly temperatures in San Francisco in 2010, in °F."""
    table = Path(__file__).with_name("sf-temps.csv")
    return pd.read_csv(table)["temp"]


def mean_temp(temps: pd.Series) -> float:
    """Mean temperature of the year, in °F."""
    return float(temps.mean())


def warm_hours(temps: pd.Series) -> int:
    """Hours of the year above 65 °F."""
    return int((temps > 65).sum())
