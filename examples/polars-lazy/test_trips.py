"""Tests of the dataflow."""

import polars as pl
import trips

from headwater import Builder

driver = Builder().with_modules(trips).build()


def test_the_report_leaves_out_short_trips() -> None:
    report = driver.execute(["report"])["report"]
    assert report.to_dicts() == [
        {"zone": "north", "speed": 20.0, "fare_per_km": 2.25},
        {"zone": "south", "speed": 35.0, "fare_per_km": 1.92},
    ]


def test_nothing_is_computed_before_the_report() -> None:
    results = driver.execute(["trips", "zones", "query_plan"])
    assert isinstance(results["trips"], pl.LazyFrame)
    assert isinstance(results["zones"], pl.LazyFrame)
    assert "FILTER" in results["query_plan"]


def test_a_feature_is_tested_alone() -> None:
    frame = pl.DataFrame({"distance": [10.0], "duration": [30.0]})
    assert frame.select(trips.speed(pl.col("distance"), pl.col("duration"))).item() == 20.0
