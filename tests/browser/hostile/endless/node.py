"""Tries to keep Python busy forever in a node."""


def price() -> int:
    return 20


def total(price: int) -> int:
    while True:
        pass
