"""Indicators of the US economy, by quarter."""

from pathlib import Path

import pandas as pd

from headwater import parameterize_sources

YEAR = 4  # quarters


def quarters() -> pd.DataFrame:
    """Output in billions of 2005 USD, prices as an index, rates in %."""
    table = pd.read_csv(Path(__file__).with_name("macrodata.csv"))
    periods = table["year"].astype(str) + "Q" + table["quarter"].astype(str)
    return table.set_index(pd.PeriodIndex(periods, freq="Q", name="quarter"))


def output(quarters: pd.DataFrame) -> pd.Series:
    """Real gross domestic product, in billions of 2005 USD."""
    return quarters["realgdp"]


def prices(quarters: pd.DataFrame) -> pd.Series:
    """Consumer price index."""
    return quarters["cpi"]


def unemployment(quarters: pd.DataFrame) -> pd.Series:
    """Unemployment, in %."""
    return quarters["unemp"]


@parameterize_sources(growth={"level": "output"}, inflation={"level": "prices"})
def change(level: pd.Series) -> pd.Series:
    """Change in {level} over a year, in %."""
    return (level.pct_change(YEAR) * 100).dropna()


def misery(unemployment: pd.Series, inflation: pd.Series) -> pd.Series:
    """Misery index: unemployment plus inflation, in percentage points."""
    return (unemployment + inflation).dropna().rename("misery")
