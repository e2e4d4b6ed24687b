"""A public function that is not a node."""

from headwater import exclude

INPUTS = {"price": 9.96}
EXPECTED = {"total": 10.0}


@exclude
def rounded(amount: float) -> float:
    return round(amount, 1)


def total(price: float) -> float:
    return rounded(price)
