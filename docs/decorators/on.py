"""The name of the executor that calls a function."""

from headwater import on

INPUTS = {"price": 4}
EXPECTED = {"total": 8}


@on("gpu")
def total(price: int) -> int:
    return price * 2
