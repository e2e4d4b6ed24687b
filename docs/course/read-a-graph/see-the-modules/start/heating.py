"""Demand for heat over 2 to 35 days."""

import pandas as pd

from headwater import parameterize, source, value

WINDOWS = range(2, 36)


@parameterize(
    **{
        f"heating_{n}d": {"temps": source(f"temp_mean_{n}d"), "days": value(n)}
        for n in WINDOWS
    }
)
def heating(temps: pd.Series, days: int) -> pd.Series:
    """Degrees below 18 °C, added up over {days} days."""
    return (18 - temps).clip(lower=0) * days
