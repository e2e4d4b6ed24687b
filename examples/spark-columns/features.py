"""Features of weather stations. The functions do not know that Spark calls them."""

from __future__ import annotations

import pandas as pd


def fahrenheit(celsius: pd.Series) -> pd.Series:
    """Temperature, in °F."""
    return celsius * 1.8 + 32


def is_freezing(celsius: pd.Series) -> pd.Series:
    """Whether water freezes."""
    return celsius <= 0


def wind_chill(fahrenheit: pd.Series, wind_mph: pd.Series) -> pd.Series:
    """Wind chill by the formula of the US National Weather Service, in °F, for cold and windy hours."""
    chill = 35.74 + 0.6215 * fahrenheit - 35.75 * wind_mph**0.16 + 0.4275 * fahrenheit * wind_mph**0.16
    return chill.where((fahrenheit <= 50) & (wind_mph >= 3), fahrenheit).round(1)
