from pathlib import Path

import pandas as pd

from headwater import check_output


def weather() -> pd.DataFrame:
    """Hourly weather at three airports in 2013: wind in mph, pressure in hPa."""
    table = Path(__file__).with_name("nyc-weather.csv")
    return pd.read_csv(table, parse_dates=["time"])


@check_output(range=(0.0, 100.0))
def wind(weather: pd.DataFrame) -> pd.Series:
    """Wind speed in each hour in which it was measured, in mph."""
    return weather["wind_speed"]


def strongest_wind(wind: pd.Series) -> float:
    """Strongest wind of the year, in mph."""
    return float(wind.max())
