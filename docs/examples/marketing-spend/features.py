"""Features for a marketing model: acquisition costs, trends, outliers."""

from pathlib import Path

import pandas as pd

from headwater import extract_columns, tag


@extract_columns("spend_usd", "visits", "signups")
def weeks() -> pd.DataFrame:
    """Spend in USD, visits and signups of all channels, by week."""
    table = Path(__file__).with_name("marketing-spend.csv")
    rows = pd.read_csv(table, parse_dates=["week"])
    return rows.groupby("week")[["spend_usd", "visits", "signups"]].sum()


@tag(unit="USD")
def cost_per_signup(spend_usd: pd.Series, signups: pd.Series) -> pd.Series:
    """Cost of acquiring one signup, in USD."""
    return spend_usd / signups


@tag(unit="share")
def conversion(signups: pd.Series, visits: pd.Series) -> pd.Series:
    """Share of the visits that lead to a signup."""
    return signups / visits


@tag(unit="USD")
def spend_rolling(spend_usd: pd.Series, window: int = 4) -> pd.Series:
    """Mean spend of the last `window` weeks, in USD."""
    return spend_usd.rolling(window, min_periods=1).mean()


def spend_mean(spend_usd: pd.Series) -> float:
    """Mean spend of all weeks, in USD."""
    return float(spend_usd.mean())


def spend_std(spend_usd: pd.Series) -> float:
    """Standard deviation of the spend, in USD."""
    return float(spend_usd.std())


@tag(unit="standard deviations")
def spend_z(
    spend_usd: pd.Series, spend_mean: float, spend_std: float
) -> pd.Series:
    """Spend in standard deviations above the mean."""
    return (spend_usd - spend_mean) / spend_std


def unusual_weeks(spend_z: pd.Series, limit: float = 1.5) -> pd.Series:
    """Weeks at least `limit` standard deviations above or below the mean."""
    return spend_z[spend_z.abs() >= limit].round(2)


def features(
    cost_per_signup: pd.Series,
    conversion: pd.Series,
    spend_rolling: pd.Series,
    spend_z: pd.Series,
) -> pd.DataFrame:
    """The inputs of the model: one row per week."""
    columns = {
        "cost_per_signup": cost_per_signup,
        "conversion": conversion,
        "spend_rolling": spend_rolling,
        "spend_z": spend_z,
    }
    return pd.DataFrame(columns).round(3)
