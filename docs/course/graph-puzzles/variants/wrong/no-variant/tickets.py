"""The price of a ticket."""


def discount() -> float:
    """Discount, in dollars."""
    return 0.0


def total(discount: float, price: float = 50.0) -> float:
    """Price of a ticket after the discount, in dollars."""
    return price - discount
