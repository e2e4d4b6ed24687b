from pathlib import Path

import pandas as pd


def population_by_year(countries: pd.DataFrame) -> pd.Series:
    """Population of all countries by year."""
    return countries.groupby("year")["pop"].sum()


def latest() -> pd.DataFrame:
    """The countries in 2007. Income is in dollars per person per year."""
    table = pd.read_csv(Path(__file__).with_name("gapminder.csv"))
    return table[table["year"] == 2007]


def mean_income(latest: pd.DataFrame) -> float:
    """Mean income of all people, in dollars per person per year."""
    income = latest["gdpPercap"] * latest["pop"]
    return float(income.sum() / latest["pop"].sum())
