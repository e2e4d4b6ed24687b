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


def correlations(departures: np.ndarray) -> np.ndarray:
    """Correlation of each route with every other route. This is slow."""
    weekly_change = departures[7:] - departures[:-7]
    return np.corrcoef(weekly_change, rowvar=False)


def close_pairs(departures: np.ndarray, limit: float = 0.7) -> int:
    """Pairs of routes with a correlation above the limit."""
    return int(np.triu(correlations(departures) > limit, 1).sum())


def pairs_per_route(close_pairs: int, routes: int = len(LAGUARDIA)) -> float:
    """Mean number of close pairs that a route belongs to."""
    return round(2 * close_pairs / routes, 2)
