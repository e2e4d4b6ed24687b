from pathlib import Path

import pandas as pd


def weather() -> pd.DataFrame:
    """Daily weather in Seattle, four years: rain in mm, temperatures in °C."""
    table = Path(__file__).with_name("seattle-weather.csv")
    return pd.read_csv(table, parse_dates=["date"], index_col="date")


def rain(weather: pd.DataFrame) -> pd.Series:
    """Rain on each day, in mm."""
    return weather["precipitation"]


def temp_mean(weather: pd.DataFrame) -> pd.Series:
    """Mean temperature of the day, in °C."""
    return (weather["temp_max"] + weather["temp_min"]) / 2


def is_wet(rain: pd.Series) -> pd.Series:
    """Whether it rained on each day."""
    return rain >= 1


def wet_days(is_wet: pd.Series) -> int:
    """Number of days with rain."""
    return int(is_wet.sum())


def longest_wet_spell(is_wet: pd.Series) -> int:
    """Largest number of consecutive days with rain."""
    spell = (~is_wet).cumsum()
    return int(is_wet.groupby(spell).sum().max())


def rain_total(rain: pd.Series) -> float:
    """Total rain in all four years, in mm."""
    return float(rain.sum())


def warmest_day(temp_mean: pd.Series) -> str:
    """Day with the highest mean temperature."""
    return f"{temp_mean.idxmax():%Y-%m-%d}"


def report(longest_wet_spell: int, rain_total: float) -> str:
    """The rain in the four years, in a sentence."""
    return f"{rain_total:.0f} mm of rain, up to {longest_wet_spell} wet days."
