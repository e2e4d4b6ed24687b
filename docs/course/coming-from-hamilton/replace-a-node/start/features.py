from pathlib import Path

import pandas as pd


def weeks() -> pd.DataFrame:
    """Spend in USD and signups of all channels, by week."""
    table = Path(__file__).with_name("marketing-spend.csv")
    rows = pd.read_csv(table, parse_dates=["week"])
    return rows.groupby("week")[["spend_usd", "signups"]].sum()


def spend(weeks: pd.DataFrame) -> pd.Series:
    """Spend of each week, in USD."""
    return weeks["spend_usd"]


def signups(weeks: pd.DataFrame) -> pd.Series:
    """New customers of each week."""
    return weeks["signups"]


def cost_per_signup(
    spend: pd.Series, signups: pd.Series, fee: float = 0.0
) -> pd.Series:
    """Cost of one signup in USD, with the agency's fee (a share of the spend)."""
    return spend * (1 + fee) / signups
