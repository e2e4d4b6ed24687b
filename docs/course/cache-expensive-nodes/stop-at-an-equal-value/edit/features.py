"""Rain in Seattle, in mm per day, from 2012 to 2015."""

from pathlib import Path

import pandas as pd


def weather() -> pd.DataFrame:
    """Weather on each day."""
    return pd.read_csv(Path(__file__).with_name("seattle-weather.csv"))


def rain(weather: pd.DataFrame) -> pd.Series:
    """Rain on each day, in mm. The gauge measures up to 50 mm."""
    return weather["precipitation"].clip(upper=50.0)


def is_wet(rain: pd.Series) -> pd.Series:
    """Whether there was any rain on a day."""
    return rain > 0


def wet_days(is_wet: pd.Series) -> int:
    """Days with rain."""
    return int(is_wet.sum())


def longest_spell(is_wet: pd.Series) -> int:
    """Days in the longest series of wet days."""
    return int(is_wet.groupby((~is_wet).cumsum()).sum().max())


def total(rain: pd.Series) -> float:
    """Total rain on all days, in mm."""
    return round(float(rain.sum()), 1)


def report(total: float, wet_days: int) -> str:
    """Total rain and number of wet days, in a sentence."""
    return f"{total} mm of rain on {wet_days} days"
