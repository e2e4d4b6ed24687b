"""A group of functions, reused in a namespace."""

from headwater import exclude, source, subdag

INPUTS = {"apples": 3, "pears": 4}
EXPECTED = {"apple_value": 7, "pear_value": 9}


@exclude
def doubled(amount: int) -> int:
    return amount * 2


@exclude
def increased(doubled: int) -> int:
    return doubled + 1


@subdag(doubled, increased, inputs={"amount": source("apples")})
def apple_value(increased: int) -> int:
    return increased


@subdag(doubled, increased, inputs={"amount": source("pears")})
def pear_value(increased: int) -> int:
    return increased
