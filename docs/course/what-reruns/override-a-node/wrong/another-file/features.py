from pathlib import Path

import pandas as pd


def weather() -> pd.DataFrame:
    """Daily weather in Seattle in the year 2016: temperatures in °C."""
    table = Path(__file__).with_name("seattle-weather.csv")
    return pd.read_csv(table, parse_dates=["date"], index_col="date")


def mean_temp(weather: pd.DataFrame) -> float:
    """Mean temperature of the year, in °C."""
    temps = weather[["temp_max", "temp_min"]]
    return float(temps.mean(axis=None))


def heat_demand(mean_temp: float) -> float:
    """Heat that a small house needs in a year, in kWh."""
    return 365 * 6.0 * max(18.0 - mean_temp, 0.0)


def heating_cost(heat_demand: float) -> float:
    """Cost of heating a small house for a year, in dollars."""
    return 0.12 * heat_demand
