"""The price of a parcel."""


def shipping(kilograms: float = 4.0) -> float:
    """Shipping of a parcel, in dollars."""
    return kilograms * 2.5


def insurance(kilograms: float = 4.0) -> float:
    """Insurance of a parcel, in dollars."""
    return kilograms * 0.5


def price(shipping: float, insurance: float) -> float:
    """Shipping and insurance of a parcel, in dollars."""
    return shipping + insurance
