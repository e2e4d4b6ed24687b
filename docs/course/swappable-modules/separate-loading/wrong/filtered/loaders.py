"""Load the data. No other module reads files."""

from pathlib import Path

import pandas as pd

TABLE = Path(__file__).with_name("gapminder.csv")
"""142 countries every five years, from 1952 to 2007."""


def countries() -> pd.DataFrame:
    """Countries by year. Income is in dollars per person per year."""
    table = pd.read_csv(TABLE)
    return table[table["year"] == 2007]
