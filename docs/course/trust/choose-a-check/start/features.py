from pathlib import Path

import pandas as pd

from headwater import check_output


def weather() -> pd.DataFrame:
    """Hourly weather at three airports in 2013: wind in mph, pressure in hPa."""
    table = Path(__file__).with_name("nyc-weather.csv")
    return pd.read_csv(table, parse_dates=["time"])


def pressure(weather: pd.DataFrame) -> pd.Series:
    """Air pressure of each hour, in hPa."""
    return weather["pressure"]


def mean_pressure(pressure: pd.Series) -> float:
    """Mean air pressure of the year, in hPa."""
    return float(pressure.mean())
