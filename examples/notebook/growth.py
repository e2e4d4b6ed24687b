"""Growth of a savings account. The notebook imports this module, so the functions are tested like any other code."""

from __future__ import annotations

import pandas as pd


def balances(start: float, yearly_rate: float, years: int = 10) -> pd.Series:
    """Balance at the end of each year, in EUR."""
    growth = 1 + yearly_rate / 100
    return pd.Series({year: round(start * growth**year, 2) for year in range(years + 1)}, name="balance").rename_axis("year")


def doubled_in(balances: pd.Series) -> int | None:
    """The first year in which the balance has doubled, or None."""
    doubled = balances[balances >= 2 * balances[0]]
    return None if doubled.empty else int(doubled.index[0])


def interest(balances: pd.Series) -> pd.Series:
    """Interest earned in each year, in EUR."""
    return balances.diff().dropna().round(2).rename("interest")
