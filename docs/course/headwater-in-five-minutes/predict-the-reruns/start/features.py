from pathlib import Path

import pandas as pd


def co2() -> pd.Series:
    """CO2 in the air at Mauna Loa, Hawaii, by week, in ppm."""
    table = Path(__file__).with_name("co2.csv")
    rows = pd.read_csv(table, parse_dates=["date"], index_col="date")
    return rows["co2"]


def yearly_mean(co2: pd.Series) -> pd.Series:
    """Mean CO2 of each year, in ppm."""
    return co2.groupby(co2.index.year).mean()


def yearly_growth(yearly_mean: pd.Series) -> pd.Series:
    """Change in the yearly mean from the year before, in ppm."""
    return yearly_mean.diff()


def fastest_year(yearly_growth: pd.Series) -> int:
    """Year with the largest growth."""
    return int(yearly_growth.idxmax())


def latest_level(yearly_mean: pd.Series) -> float:
    """Mean CO2 of the last complete year, in ppm."""
    return float(yearly_mean.iloc[-2])


def report(fastest_year: int, latest_level: float) -> str:
    """The measurements in one sentence."""
    return f"{latest_level:.0f} ppm of CO2, fastest growth in {fastest_year}."
