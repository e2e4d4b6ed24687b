"""Rain and warm hours in Seattle, loaded from and saved to files."""

import pandas as pd

from headwater import load_from, save_to


@load_from.csv(path="seattle-weather.csv", parse_dates=["date"])
def rain_by_year(weather: pd.DataFrame) -> pd.Series:
    """Rain in each year, in mm."""
    year = weather["date"].dt.year
    return weather["precipitation"].groupby(year).sum()


@load_from.csv(path="seattle-temps.csv", inject_="hours")
def warm_hours(hours: pd.DataFrame, limit: float = 75.0) -> int:
    """Hours in 2010 with a temperature above `limit`, in °F."""
    return int((hours["temp"] > limit).sum())


@save_to.csv(path="rain.csv", output_name_="rain_file")
def rain_in_inches(rain_by_year: pd.Series) -> pd.Series:
    """Rain in each year, in inches."""
    return (rain_by_year / 25.4).round(1)


def load(rain_by_year: pd.Series) -> float:
    """Load on the drains in the wettest year, as a share of 1,500 mm."""
    return float(rain_by_year.max() / 1500)


@save_to.json(path="report.json", output_name_="report_file")
def report(load: float, warm_hours: int) -> dict[str, float]:
    """The published numbers."""
    return {"load": round(load, 2), "warm_hours": warm_hours}
