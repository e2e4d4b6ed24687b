"""The price of a parcel."""

from headwater import parameterize, value


@parameterize(shipping={"rate": value(2.5)}, insurance={"rate": value(0.5)})
def part(rate: float, kilograms: float = 4.0) -> float:
    """Part of the price at {rate} dollars per kg, in dollars."""
    return kilograms * rate


def price(shipping: float, insurance: float) -> float:
    """Shipping and insurance costs of a parcel, in dollars."""
    return shipping
