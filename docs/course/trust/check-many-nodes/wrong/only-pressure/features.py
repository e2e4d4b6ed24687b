from pathlib import Path

import pandas as pd

from headwater import check_output, extract_columns

COLUMNS = ("temp", "dewp", "wind_speed", "pressure")


def weather() -> pd.DataFrame:
    """Hourly weather at three airports in 2013: wind in mph, pressure in hPa."""
    table = Path(__file__).with_name("nyc-weather.csv")
    return pd.read_csv(table, parse_dates=["time"])


@check_output(max_fraction_nans=0.05, target_="pressure")
@extract_columns(*COLUMNS)
def measured(weather: pd.DataFrame) -> pd.DataFrame:
    """The measured columns that the report uses."""
    return weather[list(COLUMNS)]


def mean_pressure(pressure: pd.Series) -> float:
    """Mean air pressure of the year, in hPa."""
    return float(pressure.mean())
