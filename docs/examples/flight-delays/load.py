"""Loaders: each returns a table, and metadata for the run's record."""

from pathlib import Path

import pandas as pd

from headwater import dataloader

Loaded = tuple[pd.DataFrame, dict[str, int]]


def _read(name: str) -> Loaded:
    table = pd.read_csv(Path(__file__).with_name(name))
    return table, {"rows": len(table)}


@dataloader()
def flights() -> Loaded:
    """Every hundredth flight from New York in 2013, with delays in minutes."""
    return _read("flight-delays.csv")


@dataloader()
def airlines() -> Loaded:
    """The name of each airline, by its code."""
    return _read("airlines.csv")
