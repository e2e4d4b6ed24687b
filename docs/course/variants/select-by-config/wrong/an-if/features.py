from pathlib import Path

import pandas as pd

from headwater import config


def temps(city: str = "seattle") -> pd.Series:
    """Hourly temperatures in 2010, in °F."""
    name = "sf-temps.csv" if city == "sf" else "seattle-temps.csv"
    return pd.read_csv(Path(__file__).with_name(name))["temp"]


def mean_temp(temps: pd.Series) -> float:
    """Mean temperature of the year, in °F."""
    return float(temps.mean())


def warm_hours(temps: pd.Series) -> int:
    """Hours of the year above 65 °F."""
    return int((temps > 65).sum())
