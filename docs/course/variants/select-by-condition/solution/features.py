from pathlib import Path

import pandas as pd

from headwater import config


def temps() -> pd.Series:
    """Hourly temperatures in Seattle in 2010, in °F."""
    table = Path(__file__).with_name("seattle-temps.csv")
    return pd.read_csv(table)["temp"]


@config.where(lambda hours=1: hours > 1)
def smoothed__rolling(temps: pd.Series, hours: int) -> pd.Series:
    """Mean temperature over the last `hours` hours, in °F."""
    return temps.rolling(hours).mean()


@config.otherwise
def smoothed__raw(temps: pd.Series) -> pd.Series:
    """Hourly temperatures, in °F."""
    return temps


def coldest(smoothed: pd.Series) -> float:
    """Lowest smoothed temperature of the year, in °F."""
    return float(smoothed.min())
