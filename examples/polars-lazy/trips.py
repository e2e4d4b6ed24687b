"""Features of taxi trips as polars expressions. The frame stays lazy until the end."""

from __future__ import annotations

import polars as pl

from headwater import exclude, with_columns


def recorded() -> pl.LazyFrame:
    """Trips: distance in km, duration in minutes, fare in EUR. A real function would scan Parquet files."""
    rows = {
        "zone": ["north", "south", "north", "south"],
        "distance": [4.0, 12.0, 0.0, 6.0],
        "duration": [12.0, 24.0, 1.0, 9.0],
        "fare": [9.0, 22.0, 4.0, 12.0],
    }
    return pl.LazyFrame(rows)


@exclude
def speed(distance: pl.Expr, duration: pl.Expr) -> pl.Expr:
    """Mean speed, in km/h."""
    return distance / duration * 60


@exclude
def is_short(distance: pl.Expr, short: float = 1.0) -> pl.Expr:
    """Whether a trip is shorter than `short` kilometers."""
    return distance < short


@exclude
def fare_per_km(fare: pl.Expr, distance: pl.Expr) -> pl.Expr:
    """Fare per kilometer, in EUR."""
    return fare / distance


@with_columns(speed, is_short, fare_per_km, columns_to_pass=["distance", "duration", "fare"])
def trips(recorded: pl.LazyFrame) -> pl.LazyFrame:
    """Trips with their features."""
    return recorded


def zones(trips: pl.LazyFrame) -> pl.LazyFrame:
    """Mean speed in km/h and fare in EUR/km, by zone, without short trips."""
    long = trips.filter(~pl.col("is_short"))
    return long.group_by("zone").agg(pl.col("speed", "fare_per_km").mean().round(2)).sort("zone")


def query_plan(zones: pl.LazyFrame) -> str:
    """The optimized query, which reads only the columns that it needs."""
    return zones.explain()


def report(zones: pl.LazyFrame) -> pl.DataFrame:
    """The result. Only this node computes anything."""
    return zones.collect()
