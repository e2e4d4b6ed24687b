from pathlib import Path

import pandas as pd


def raw_table() -> pd.DataFrame:
    """The contents of the file, unchanged."""
    return pd.read_csv(Path(__file__).with_name("gapminder.csv"))


def row_count(raw_table: pd.DataFrame) -> int:
    """Number of rows in the file."""
    return len(raw_table)


def countries(raw_table: pd.DataFrame) -> pd.DataFrame:
    """Countries by year. Income is in dollars per person per year."""
    names = {"pop": "population", "gdpPercap": "income"}
    return raw_table.rename(columns=names)


def continents(raw_table: pd.DataFrame) -> list[str]:
    """The names of the continents, in alphabetical order."""
    return sorted(raw_table["continent"].unique())
