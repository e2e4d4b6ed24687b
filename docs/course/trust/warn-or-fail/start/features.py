from pathlib import Path

import pandas as pd

from headwater import check_output


def weather() -> pd.DataFrame:
    """Hourly weather at three airports in 2013: wind in mph, pressure in hPa."""
    table = Path(__file__).with_name("nyc-weather.csv")
    return pd.read_csv(table, parse_dates=["time"])


@check_output(range=(0.0, 100.0), importance="warn")
def wind(weather: pd.DataFrame) -> pd.Series:
    """Wind speed in each hour in which it was measured, in mph."""
    return weather["wind_speed"].dropna()


def strongest_wind(wind: pd.Series) -> float:
    """Strongest wind of the year, in mph."""
    return float(wind.max())


def mean_temp(weather: pd.DataFrame) -> float:
    """Mean temperature of the year, in °F."""
    return float(weather["temp"].mean())


def report(strongest_wind: float, mean_temp: float) -> str:
    """The year in one sentence."""
    return f"Up to {strongest_wind:.0f} mph of wind, {mean_temp:.0f} °F."
