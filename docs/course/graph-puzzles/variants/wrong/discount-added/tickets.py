"""The price of a ticket."""

from headwater import config


@config.when(member=True)
def discount__member(price: float = 50.0) -> float:
    """Discount for members, in dollars."""
    return price * 0.1


@config.otherwise
def discount__others() -> float:
    """Discount for all other visitors, in dollars."""
    return 0.0


def total(discount: float, price: float = 50.0) -> float:
    """Price of a ticket after the discount, in dollars."""
    return price + discount
