"""Prices of parcels."""

from headwater import Collect, Parallelizable, extract_fields


def kilograms() -> Parallelizable[int]:
    """Weight of each parcel, in kg."""
    yield from [1, 2, 4]


@extract_fields({"rate": int, "packaging": int})
def tariff() -> dict:
    """Dollars per kg, and dollars for the packaging of a parcel."""
    return {"rate": 2, "packaging": 3}


def price(kilograms: int, rate: int, packaging: int) -> int:
    """Postage of a parcel, in dollars."""
    return kilograms * rate + packaging


def total(price: Collect[int]) -> int:
    """Price of all parcels, in dollars."""
    return sum(price)


def highest(price: Collect[int]) -> int:
    """Price of the most expensive parcel, in dollars."""
    return max(price)
