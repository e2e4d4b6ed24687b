"""Rain and wind together."""

import pandas as pd

from headwater import parameterize, source

WINDOWS = range(2, 36)


@parameterize(
    **{
        f"storminess_{n}d": {
            "rain_max": source(f"rain_max_{n}d"),
            "wind_max": source(f"wind_max_{n}d"),
        }
        for n in WINDOWS
    }
)
def storminess(rain_max: pd.Series, wind_max: pd.Series) -> pd.Series:
    """Rain on the wettest day in mm, multiplied by the wind on the windiest day in m/s."""
    return rain_max * wind_max
