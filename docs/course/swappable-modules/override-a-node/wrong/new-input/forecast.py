import pandas as pd


def population_by_year(countries: pd.DataFrame) -> pd.Series:
    """Population of all countries by year."""
    return countries.groupby("year")["pop"].sum()


def population_in_ten_years(
    population_by_year: pd.Series, growth_rate: float = 1.2
) -> float:
    """Population in 2017, if it grows at this rate, in millions."""
    factor = (1 + growth_rate / 100) ** 10
    return float(population_by_year[2007] * factor / 1e6)
