"""Delays of airlines in New York, in a sample of flights from 2013."""

from pathlib import Path

import pandas as pd

from headwater import Parallelizable


def flights() -> pd.DataFrame:
    """Flights with their airline and their delays, in minutes."""
    return pd.read_csv(Path(__file__).with_name("flight-delays.csv"))


def carrier(flights: pd.DataFrame, at_least: int = 100) -> Parallelizable[str]:
    """Codes of the airlines with at least `at_least` flights."""
    counts = flights["carrier"].value_counts()
    return sorted(counts[counts >= at_least].index)


def delay(carrier: str, flights: pd.DataFrame) -> list[float]:
    """Mean arrival delay of each airline, in minutes."""
    delays = []
    for code in carrier:
        own = flights[flights["carrier"] == code]
        delays.append(round(float(own["arr_delay"].mean()), 1))
    return delays
