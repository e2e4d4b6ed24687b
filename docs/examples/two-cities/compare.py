"""Two cities, with the functions for one city written once."""

import pandas as pd
from city import daily, daily_range, heating_days, hourly, summary

from headwater import parameterized_subdag, value

Summary = dict[str, float]


@parameterized_subdag(
    hourly,
    daily,
    heating_days,
    daily_range,
    summary,
    seattle={"inputs": {"file": value("seattle-temps.csv")}},
    san_francisco={"inputs": {"file": value("sf-temps.csv")}},
)
def measures(summary: Summary) -> Summary:
    """Heating degree days and daily temperature range, in °F."""
    return summary


def comparison(seattle: Summary, san_francisco: Summary) -> pd.DataFrame:
    """Both cities side by side, in °F."""
    return pd.DataFrame({"Seattle": seattle, "San Francisco": san_francisco})


def heating_ratio(seattle: Summary, san_francisco: Summary) -> float:
    """Heating demand of Seattle, relative to that of San Francisco."""
    return round(seattle["heating_days"] / san_francisco["heating_days"], 2)
