"""A function that changes the values that other functions return."""

from headwater import apply_to, mutate

INPUTS = {"cents": 1000}
EXPECTED = {"price": 20.0, "tax": 3.0}


def price(cents: int) -> float:
    return cents / 100


def tax(cents: int) -> float:
    return cents / 1000


@mutate(price, apply_to(tax, by=3.0), by=2.0)
def _scaled(amount: float, by: float) -> float:
    return amount * by
