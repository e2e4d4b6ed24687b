"""A function whose value is computed by another function."""

from headwater import does

INPUTS = {"price": 10, "tax": 2, "tip": 1}
EXPECTED = {"total": 13, "gap": 8}


def _sum(**amounts: int) -> int:
    return sum(amounts.values())


def _minus(left: int, right: int) -> int:
    return left - right


@does(_sum)
def total(price: int, tax: int, tip: int) -> int:
    """The total price."""


@does(_minus, left="price", right="tax")
def gap(price: int, tax: int) -> int: ...
