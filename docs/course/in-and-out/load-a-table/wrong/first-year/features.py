"""Rain in Seattle from 2012 to 2015."""

import pandas as pd

from headwater import load_from


@load_from.csv(path="seattle-weather.csv", parse_dates=["date"], nrows=366)
def rain_by_year(weather: pd.DataFrame) -> pd.Series:
    """Rain in each year, in mm."""
    year = weather["date"].dt.year
    return weather["precipitation"].groupby(year).sum()


def wettest_year(rain_by_year: pd.Series) -> int:
    """Year with the most rain."""
    return int(rain_by_year.idxmax())
