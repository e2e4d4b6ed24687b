from pathlib import Path

import pandas as pd

from headwater import config


def spend_usd() -> pd.Series:
    """Spend of all channels by week, in USD."""
    table = Path(__file__).with_name("marketing-spend.csv")
    return pd.read_csv(table).groupby("week")["spend_usd"].sum()


@config.when(currency="EUR")
def spend__eur(spend_usd: pd.Series) -> pd.Series:
    """Spend by week, in EUR."""
    return spend_usd * 0.92


@config.when(currency="GBP")
def spend__gbp(spend_usd: pd.Series) -> pd.Series:
    """Spend by week, in GBP."""
    return spend_usd * 0.79


@config.when(currency="CHF")
def spend_chf(spend_usd: pd.Series) -> pd.Series:
    """Spend by week, in CHF."""
    return spend_usd * 0.88


@config.otherwise
def spend__usd(spend_usd: pd.Series) -> pd.Series:
    """Spend by week, in USD."""
    return spend_usd


def total_spend(spend: pd.Series) -> float:
    """Spend of all weeks, in the currency of the config."""
    return float(spend.sum())
