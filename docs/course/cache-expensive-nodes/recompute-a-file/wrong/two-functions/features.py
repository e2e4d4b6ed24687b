"""Routes from LaGuardia whose departures rise and fall together."""

from pathlib import Path

import numpy as np

from headwater import cache

LAGUARDIA = range(90, 116)
"""The file's columns with routes from LaGuardia."""


@cache(behavior="recompute")
def departures() -> np.ndarray:
    """Departures by day and route. A new file arrives on some nights."""
    table = Path(__file__).with_name("departures.csv")
    return np.loadtxt(table, delimiter=",", skiprows=1, usecols=LAGUARDIA)


@cache(behavior="recompute")
def correlations(departures: np.ndarray) -> np.ndarray:
    """Correlation of each route with every other route. This is slow."""
    weekly_change = departures[7:] - departures[:-7]
    return np.corrcoef(weekly_change, rowvar=False)


def close_pairs(correlations: np.ndarray, limit: float = 0.7) -> int:
    """Pairs of routes with a correlation above the limit."""
    return int(np.triu(correlations > limit, 1).sum())
