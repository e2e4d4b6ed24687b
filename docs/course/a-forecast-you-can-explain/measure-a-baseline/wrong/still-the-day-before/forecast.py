from pathlib import Path

import pandas as pd

TEST_START = "2013-09-01"
"""The first test day. The last one is December 31."""


def lga() -> pd.Series:
    """Departures per day on 26 routes from LaGuardia."""
    path = Path(__file__).with_name("departures.csv")
    table = pd.read_csv(path, parse_dates=["date"], index_col="date")
    return table.filter(regex="^LGA-").sum(axis="columns").astype(float)


def baseline(lga: pd.Series) -> pd.Series:
    """The simplest forecast: the departures on an earlier day."""
    return lga.shift(1)


def baseline_error(lga: pd.Series, baseline: pd.Series) -> float:
    """Difference between baseline and departures on the test days."""
    return float((lga - baseline)[TEST_START:].abs().mean())
