from pathlib import Path

import pandas as pd


def spend() -> pd.DataFrame:
    """Spend by week (rows) and channel (columns), in USD."""
    table = Path(__file__).with_name("marketing-spend.csv")
    return pd.read_csv(table).pivot(
        index="week", columns="channel", values="spend_usd"
    )


def total_spend(spend: pd.DataFrame) -> pd.Series:
    """Spend of all channels by week, in USD."""
    return spend.sum(axis="columns")


def search_share(spend: pd.DataFrame, total_spend: pd.Series) -> pd.Series:
    """Share of the spend that goes to search engines, by week."""
    return spend["search"] / total_spend


def social_share(spend: pd.DataFrame, total_spend: pd.Series) -> pd.Series:
    """Share of the spend that goes to social networks, by week."""
    return 100 * spend["social"] / total_spend


def newsletter_share(spend: pd.DataFrame, total_spend: pd.Series) -> pd.Series:
    """Share of the spend that goes to the newsletter, by week."""
    return spend["newsletter"] / total_spend
