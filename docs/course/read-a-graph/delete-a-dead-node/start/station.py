"""The measurements of the weather station."""

from pathlib import Path

import pandas as pd

from headwater import extract_columns


@extract_columns("rain", "temp_max", "temp_min", "wind")
def weather() -> pd.DataFrame:
    """Daily weather in Seattle: rain in mm, temperatures in °C, wind in m/s."""
    table = Path(__file__).with_name("seattle-weather.csv")
    days = pd.read_csv(table, parse_dates=["date"], index_col="date")
    return days.rename(columns={"precipitation": "rain"})
