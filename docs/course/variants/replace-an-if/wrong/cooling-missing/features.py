from pathlib import Path

import pandas as pd

from headwater import config


def temps() -> pd.Series:
    """Hourly temperatures in Seattle in 2010, in °F."""
    table = Path(__file__).with_name("seattle-temps.csv")
    return pd.read_csv(table)["temp"]


def heating_limit() -> float:
    """Temperature below which buildings are heated, in °F."""
    return 60.0


def cooling_limit() -> float:
    """Temperature above which buildings are cooled, in °F."""
    return 70.0


@config.otherwise
def degree_hours__heating(temps: pd.Series, heating_limit: float) -> float:
    """Demand for heating in the year, in °F times hours."""
    return float((heating_limit - temps).clip(lower=0).sum())
