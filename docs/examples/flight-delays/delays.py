"""Delays of the flights that took place."""

import pandas as pd


def flown(flights: pd.DataFrame) -> pd.DataFrame:
    """Flights that were not cancelled or diverted."""
    return flights.dropna(subset=["dep_delay", "arr_delay"])


def cancelled_share(flights: pd.DataFrame, flown: pd.DataFrame) -> float:
    """Share of the flights that were cancelled or diverted."""
    return round(1 - len(flown) / len(flights), 4)


def hour(flown: pd.DataFrame) -> pd.Series:
    """Scheduled hour of departure."""
    return (flown["sched_dep_time"] // 100).rename("hour")


def late(flown: pd.DataFrame, late_after: int = 15) -> pd.Series:
    """Whether a flight arrived more than `late_after` minutes late."""
    return (flown["arr_delay"] > late_after).rename("late")


def made_up(flown: pd.DataFrame) -> pd.Series:
    """Delay that a flight made up in the air, in minutes."""
    return (flown["dep_delay"] - flown["arr_delay"]).rename("made_up")
