import pandas as pd


def population_by_year(countries: pd.DataFrame) -> pd.Series:
    """Population of all countries by year."""
    return countries.groupby("year")["pop"].sum()


def latest(countries: pd.DataFrame) -> pd.DataFrame:
    """The countries in 2007. Income is in dollars per person per year."""
    return countries[countries["year"] == 2007]


def mean_income(countries: pd.DataFrame) -> float:
    """Mean income of all people, in dollars per person per year."""
    income = countries["gdpPercap"] * countries["pop"]
    return float(income.sum() / countries["pop"].sum())
