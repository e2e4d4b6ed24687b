"""Rain in Seattle from 2012 to 2015."""

from pathlib import Path

import pandas as pd

from headwater import load_from


def rain_by_year() -> pd.Series:
    """Rain in each year, in mm."""
    table = Path(__file__).with_name("seattle-weather.csv")
    weather = pd.read_csv(table, parse_dates=["date"])
    year = weather["date"].dt.year
    return weather["precipitation"].groupby(year).sum()


@load_from.csv(path="seattle-weather.csv", inject_="weather")
def wettest_year(weather: pd.DataFrame, rain_by_year: pd.Series) -> int:
    """Year with the most rain."""
    return int(rain_by_year.idxmax())
