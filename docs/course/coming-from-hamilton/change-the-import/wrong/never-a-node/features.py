from pathlib import Path

import pandas as pd

from headwater import extract_columns


def _numbers() -> pd.DataFrame:
    table = Path(__file__).with_name("marketing-spend.csv")
    rows = pd.read_csv(table, parse_dates=["week"])
    return rows.groupby("week")[["spend_usd", "signups"]].sum()


def _per_thousand(numbers: pd.Series) -> pd.Series:
    """Numbers in thousands."""
    return numbers / 1000


@extract_columns("spend_usd", "signups")
def weeks() -> pd.DataFrame:
    """Spend in USD and signups of all channels, by week."""
    return _numbers()


def spend_thousands(spend_usd: pd.Series) -> pd.Series:
    """Spend of each week, in thousands of USD."""
    return _per_thousand(spend_usd)


def cost_per_signup(spend_usd: pd.Series, signups: pd.Series) -> pd.Series:
    """Cost of acquiring one signup, in USD."""
    return spend_usd / signups
