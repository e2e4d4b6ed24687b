from pathlib import Path

import pandas as pd

from headwater import config


def temps() -> pd.Series:
    """Hourly temperatures in Seattle in 2010, in °F."""
    table = Path(__file__).with_name("seattle-temps.csv")
    return pd.read_csv(table)["temp"]


@config.when_in(hours=[6, 24])
def smoothed__day(temps: pd.Series) -> pd.Series:
    """Mean temperature over the last 24 hours, in °F."""
    return temps.rolling(24).mean()


@config.otherwise
def smoothed__raw(temps: pd.Series) -> pd.Series:
    """Hourly temperatures, in °F."""
    return temps


def coldest(smoothed: pd.Series) -> float:
    """Lowest smoothed temperature of the year, in °F."""
    return float(smoothed.min())
