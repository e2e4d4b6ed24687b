"""Delays of airlines in New York, in a sample of flights from 2013."""

from pathlib import Path

import pandas as pd

from headwater import Collect, Parallelizable


def flights() -> pd.DataFrame:
    """Flights with their airline and their delays, in minutes."""
    return pd.read_csv(Path(__file__).with_name("flight-delays.csv"))


def carrier(flights: pd.DataFrame, at_least: int = 100) -> Parallelizable[str]:
    """Codes of the airlines with at least `at_least` flights."""
    counts = flights["carrier"].value_counts()
    return sorted(counts[counts >= at_least].index)


def delay(carrier: str, flights: pd.DataFrame) -> float:
    """Mean arrival delay of one airline, in minutes."""
    own = flights[flights["carrier"] == carrier]
    return round(float(own["arr_delay"].mean()), 1)


def mean_delay(delay: Collect[float]) -> float:
    """Mean of the delays of all airlines, in minutes."""
    return sum(delay) / len(delay)


def above_mean(delay: float, mean_delay: float) -> float:
    """Delay of one airline minus the mean of all, in minutes."""
    return round(delay - mean_delay, 1)
