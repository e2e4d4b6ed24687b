"""A report on the rain in Seattle from 2012 to 2015."""

import pandas as pd

from headwater import load_from, save_to


@load_from.csv(path="seattle-weather.csv", parse_dates=["date"])
def rain_by_year(weather: pd.DataFrame) -> pd.Series:
    """Rain in each year, in mm."""
    year = weather["date"].dt.year
    return weather["precipitation"].groupby(year).sum()


@save_to.json(path="report.json")
def report(rain_by_year: pd.Series) -> dict[str, float]:
    """Rain in the wettest and the driest year, in mm."""
    return {
        "wettest": round(float(rain_by_year.max()), 1),
        "driest": round(float(rain_by_year.min()), 1),
    }
