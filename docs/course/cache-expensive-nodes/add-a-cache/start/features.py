"""Routes from LaGuardia whose departures rise and fall together."""

from pathlib import Path

import numpy as np

from headwater import dataloader

LAGUARDIA = range(90, 116)
"""The file's columns with routes from LaGuardia."""


@dataloader()
def departures() -> tuple[np.ndarray, dict[str, int]]:
    """Departures by day and route, and the number of days."""
    table = Path(__file__).with_name("departures.csv")
    counts = np.loadtxt(table, delimiter=",", skiprows=1, usecols=LAGUARDIA)
    return counts, {"days": len(counts)}


def weekly_change(departures: np.ndarray) -> np.ndarray:
    """Change in departures within a week, by day and route."""
    return departures[7:] - departures[:-7]


def correlations(weekly_change: np.ndarray) -> np.ndarray:
    """Correlation of each route with every other route. This is slow."""
    return np.corrcoef(weekly_change, rowvar=False)


def close_pairs(correlations: np.ndarray, limit: float = 0.7) -> int:
    """Pairs of routes with a correlation above the limit."""
    return int(np.triu(correlations > limit, 1).sum())
