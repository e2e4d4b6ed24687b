"""The first of two modules that read each other's nodes and constants."""

import functools

from settings import COLUMN_TYPES, LIMIT


@functools.lru_cache
def price(amount: int) -> float:
    return amount * 2.0


def capped(price: float, limit: int = LIMIT) -> float:
    return min(price, limit)


def typed(report: dict) -> type:
    return COLUMN_TYPES[report["kind"]]
