"""Features of one day's orders. Nothing here depends on the orchestrator."""

from __future__ import annotations

import pandas as pd


def orders(day: str) -> pd.DataFrame:
    """Orders of the day, with prices in EUR. A real function would read a table."""
    rows = {"product": ["lamp", "desk", "lamp"], "price": [49.9, 379.0, 49.9], "count": [2, 1, 1]}
    return pd.DataFrame(rows).assign(day=day)


def revenue(orders: pd.DataFrame) -> pd.Series:
    """Revenue of each order, in EUR."""
    return orders["price"] * orders["count"]


def revenue_by_product(orders: pd.DataFrame, revenue: pd.Series) -> pd.Series:
    """Revenue of each product, in EUR."""
    return revenue.groupby(orders["product"]).sum().rename("revenue")


def total_revenue(revenue: pd.Series) -> float:
    """Revenue of the day, in EUR."""
    return round(float(revenue.sum()), 2)


def top_product(revenue_by_product: pd.Series) -> str:
    """The product with the highest revenue."""
    return str(revenue_by_product.idxmax())
