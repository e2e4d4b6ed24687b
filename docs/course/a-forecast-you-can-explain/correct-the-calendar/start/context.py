from pathlib import Path

import pandas as pd

from headwater import extract_columns

AIRPORTS = ("ewr", "jfk", "lga")
MEASURES = ("temp", "wind", "rain", "visibility", "pressure")
SPANS = (1, 2, 3, 7, 14)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
QUIET = "05-26 05-27 07-04 07-05 09-01 09-02 11-21 11-22 12-24 12-25"


def weather() -> pd.DataFrame:
    """Weather by day (rows), measure and airport (columns)."""
    path = Path(__file__).with_name("nyc-daily-weather.csv")
    table = pd.read_csv(path, parse_dates=["date"])
    return table.pivot(index="date", columns="origin")


@extract_columns(
    *[f"{a}_{m}_{n}" for n in SPANS for m in MEASURES for a in AIRPORTS]
)
def recent_weather(weather: pd.DataFrame) -> pd.DataFrame:
    """Mean of each measure over the previous 1, 2, 3, 7 or 14 days."""
    names = [f"{airport.lower()}_{measure}" for measure, airport in weather]
    past = weather.shift(1).set_axis(names, axis="columns")
    means = [
        past.rolling(days, 1).mean().add_suffix(f"_{days}") for days in SPANS
    ]
    return pd.concat(means, axis="columns")


@extract_columns(*WEEKDAYS, "month", "quiet", "quiet_last_week")
def calendar(departures: pd.DataFrame) -> pd.DataFrame:
    """Facts about each day that are known in advance: 0, 1, or the month."""
    days = departures.index
    table = pd.get_dummies(days.day_of_week, dtype=float)
    table = table.set_axis(days).set_axis(WEEKDAYS, axis="columns")
    quiet = pd.Series(days.strftime("%m-%d").isin(QUIET.split()), days) * 1.0
    last_week = quiet.shift(7, fill_value=0.0)
    return table.assign(
        month=days.month, quiet=quiet, quiet_last_week=last_week
    )
