from pathlib import Path

import pandas as pd


def table() -> pd.DataFrame:
    """Population, life expectancy and income by country and year."""
    return pd.read_csv(Path(__file__).with_name("gapminder.csv"))


def latest(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of the latest year."""
    return table[table["year"] == table["year"].max()]


def richest(latest: pd.DataFrame) -> str:
    """The country with the highest income per person."""
    return latest.set_index("country")["gdpPercap"].idxmax()
