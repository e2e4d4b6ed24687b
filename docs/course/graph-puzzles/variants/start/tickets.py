"""The price of a ticket."""


def discount(price: float = 50.0, member: bool = False) -> float:
    """Discount for members, in dollars."""
    return price * 0.1 if member else 0.0


def total(discount: float, price: float = 50.0) -> float:
    """Price of a ticket after the discount, in dollars."""
    return price - discount
