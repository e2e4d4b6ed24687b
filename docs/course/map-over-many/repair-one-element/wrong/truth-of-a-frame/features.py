"""Delays of airlines in New York, in a sample of flights of 2013."""

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
    """Number of the airline's flight with the longest delay at arrival."""
    own = flights[flights["carrier"] == carrier]
    if not own:
        return None
    return int(own.loc[own["arr_delay"].idxmax(), "flight"])


def worst_flights(
    carrier: Collect[str], worst_flight: Collect[int | None]
) -> dict[str, int | None]:
    """Number of the most delayed flight of each airline."""
    return dict(zip(carrier, worst_flight))
