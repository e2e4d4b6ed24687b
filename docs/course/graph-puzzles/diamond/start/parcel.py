"""The price of a parcel."""


def price(kilograms: float = 4.0) -> float:
    """Shipping and insurance costs of a parcel, in dollars."""
    shipping = kilograms * 2.5
    insurance = kilograms * 0.5
    return shipping + insurance
