"""Columns computed by functions and appended to a data frame."""

import pandas as pd

from headwater import exclude, with_columns

INPUTS = {"days": 3}
EXPECTED = {"warmest": 50.0}


def measured(days: int) -> pd.DataFrame:
    return pd.DataFrame({"celsius": [5.0 * day for day in range(days)]})


@exclude
def fahrenheit(celsius: pd.Series) -> pd.Series:
    return celsius * 1.8 + 32


@with_columns(fahrenheit, columns_to_pass=["celsius"])
def weather(measured: pd.DataFrame) -> pd.DataFrame:
    return measured


def warmest(weather: pd.DataFrame) -> float:
    return float(weather["fahrenheit"].max())
