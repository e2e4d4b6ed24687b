"""A quote for an order: prices and exchange rates are requested at the same time."""

from __future__ import annotations

import asyncio

PRICES = {"lamp": 49.9, "desk": 379.0}  # EUR
RATES = {"EUR": 1.0, "USD": 1.1, "JPY": 160.0}  # for one EUR


async def price(product: str) -> float:
    """Price of the product, in EUR. A real function would query a database here."""
    await asyncio.sleep(0.01)
    return PRICES[product]


async def rate(currency: str = "EUR") -> float:
    """Exchange rate for one EUR. A real function would call another service here."""
    await asyncio.sleep(0.01)
    return RATES[currency]


def discount(count: int) -> float:
    """Discount for ten or more units, as a fraction."""
    return 0.1 if count >= 10 else 0.0


def total(price: float, rate: float, count: int, discount: float) -> float:
    """Total of the order, in the requested currency."""
    return round(price * rate * count * (1 - discount), 2)
