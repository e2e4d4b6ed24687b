"""A return value passed through other functions."""

from headwater import pipe_output, step

INPUTS = {"price": 10.04}
EXPECTED = {"total.raw": 11.04, "total.with_doubled": 22.08, "total": 22.1}


def _doubled(amount: float) -> float:
    return amount * 2


def _rounded(amount: float, digits: int) -> float:
    return round(amount, digits)


@pipe_output(step(_doubled), step(_rounded, digits=1))
def total(price: float) -> float:
    return price + 1
