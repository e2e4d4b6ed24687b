import pandas as pd


def latest(countries: pd.DataFrame) -> pd.DataFrame:
    """The countries in 2007."""
    return countries[countries["year"] == 2007]


def mean_income(latest: pd.DataFrame) -> float:
    """Mean income of all people, in dollars per person per year."""
    income = latest["income"] * latest["population"]
    return float(income.sum() / latest["population"].sum())


def highest_incomes(
    latest: pd.DataFrame, continents: list[str]
) -> dict[str, float]:
    """The highest income on each continent, in dollars per person."""
    highest = latest.groupby("continent")["income"].max()
    return {continent: float(highest[continent]) for continent in continents}
