"""Which city needs more heating?"""

from pathlib import Path

import pandas as pd
from city import daily, heating, hourly

from headwater import subdag, value


@subdag(hourly, daily, heating, inputs={"file": value("seattle-temps.csv")})
def seattle(heating: float) -> float:
    """Heating degree days of Seattle in 2010, in °F."""
    return heating


def san_francisco() -> float:
    """Heating degree days of San Francisco in 2010, in °F."""
    file = Path(__file__).with_name("sf-temps.csv")
    table = pd.read_csv(file, parse_dates=["date"])
    daily = table.set_index("date")["temp"].resample("D").mean()
    return float((65.0 - daily).clip(lower=0).sum())
