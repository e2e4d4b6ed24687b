"""The price of a parcel."""


def shipping(kilograms: float = 4.0) -> float:
    """Shipping cost of a parcel, in dollars."""
    return kilograms * 2.5


def insurance(kilograms: float = 4.0) -> float:
    """Insurance cost of a parcel, in dollars."""
    return kilograms * 0.5


def price(shipping: float, insurance: float) -> float:
    """Shipping and insurance costs of a parcel, in dollars."""
    return shipping + insurance
