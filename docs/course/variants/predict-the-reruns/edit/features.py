from pathlib import Path

import pandas as pd

from headwater import config


@config.otherwise
def temps__seattle() -> pd.Series:
    """Hourly temperatures in Seattle in 2010, in °F."""
    table = Path(__file__).with_name("seattle-temps.csv")
    return pd.read_csv(table)["temp"]


@config.when(city="sf")
def temps__sf() -> pd.Series:
    """Hourly temperatures in San Francisco in 2010, in °F."""
    table = Path(__file__).with_name("sf-temps.csv")
    return pd.read_csv(table)["temp"].dropna()


@config.otherwise
def warm_hours__northwest(temps: pd.Series) -> int:
    """Hours of the year above 68 °F."""
    return int((temps > 68).sum())


@config.when(city="sf")
def warm_hours__california(temps: pd.Series) -> int:
    """Hours of the year above 70 °F."""
    return int((temps > 70).sum())


def mean_temp(temps: pd.Series) -> float:
    """Mean temperature of the year, in °F."""
    return float(temps.mean())


def warm_share(warm_hours: int) -> float:
    """Share of the year's 8,760 hours that are warm, from 0 to 1."""
    return warm_hours / 8760
