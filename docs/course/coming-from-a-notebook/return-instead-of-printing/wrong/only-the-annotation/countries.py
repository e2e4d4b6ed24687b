from pathlib import Path

import pandas as pd


def latest() -> pd.DataFrame:
    """Population, life expectancy and income by country in 2007."""
    table = pd.read_csv(Path(__file__).with_name("gapminder.csv"))
    return table[table["year"] == 2007]


def life_by_continent(latest: pd.DataFrame) -> pd.Series:
    """Mean life expectancy of the countries of each continent, in years."""
    print(latest.groupby("continent")["lifeExp"].mean())


def life_gap(latest: pd.DataFrame) -> float:
    """Difference between the highest and lowest mean, in years."""
    life = latest.groupby("continent")["lifeExp"].mean()
    return float(life.max() - life.min())
