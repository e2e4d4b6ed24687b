"""Load the data. No other module reads files."""

from pathlib import Path

TABLE = Path(__file__).with_name("gapminder.csv")
"""142 countries every five years, from 1952 to 2007."""


def countries() -> Path:
    """Countries by year. Income is in dollars per person per year."""
    return TABLE
