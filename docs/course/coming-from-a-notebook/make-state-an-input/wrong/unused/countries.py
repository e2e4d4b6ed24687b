from pathlib import Path

import pandas as pd

YEAR = 2007


def table() -> pd.DataFrame:
    """Population, life expectancy and income by country and year."""
    return pd.read_csv(Path(__file__).with_name("gapminder.csv"))


def people(table: pd.DataFrame, year: int = 2007) -> pd.Series:
    """Population of each country in a year."""
    return table[table["year"] == YEAR].set_index("country")["pop"]


def title(year: int = 2007) -> str:
    """The heading of the report."""
    return f"Population in {YEAR}"


def report(title: str, people: pd.Series) -> str:
    """The population of all countries in one line."""
    return f"{title}: {people.sum() / 1e9:.2f} billion"
