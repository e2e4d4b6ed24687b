from pathlib import Path

import pandas as pd

from headwater import check_output_custom


def _has_unique_hours(weather: pd.DataFrame) -> bool:
    """Each airport has at most one row for each hour."""
    return not weather.duplicated(["origin", "time"]).any()


@check_output_custom(_has_unique_hours)
def weather() -> pd.DataFrame:
    """Hourly weather at three airports in 2013: wind in mph, pressure in hPa."""
    table = Path(__file__).with_name("nyc-weather.csv")
    return pd.read_csv(table, parse_dates=["time"])


def rows_per_airport(weather: pd.DataFrame) -> dict[str, int]:
    """Number of rows for each airport."""
    return weather["origin"].value_counts().to_dict()
