from pathlib import Path

import pandas as pd

from headwater import config


def temps() -> pd.Series:
    """Hourly temperatures in Seattle in 2010, in °F."""
    table = Path(__file__).with_name("seattle-temps.csv")
    return pd.read_csv(table)["temp"]


def smoothed(temps: pd.Series, hours: int = 1) -> pd.Series:
    """Mean temperature over the last `hours` hours, in °F."""
    return temps.rolling(hours).mean() if hours > 1 else temps


def coldest(smoothed: pd.Series) -> float:
    """Lowest smoothed temperature of the year, in °F."""
    return float(smoothed.min())
