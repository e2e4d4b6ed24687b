"""Prices of parcels."""


def kilograms() -> list[int]:
    """Weight of each parcel, in kg."""
    return [1, 2, 4]


def tariff() -> dict:
    """Dollars per kg, and dollars for the packaging of a parcel."""
    return {"rate": 2, "packaging": 3}


def prices(kilograms: list[int], tariff: dict) -> list[int]:
    """Price of each parcel, in dollars."""
    found = []
    for weight in kilograms:
        postage = weight * tariff["rate"]
        found.append(postage + tariff["packaging"])
    return found


def total(prices: list[int]) -> int:
    """Price of all parcels, in dollars."""
    return sum(prices)


def highest(prices: list[int]) -> int:
    """Price of the most expensive parcel, in dollars."""
    return max(prices)
