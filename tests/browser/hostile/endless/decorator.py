"""Tries to keep Python busy forever in a decorator, before there is any node."""


def forever(function):
    while True:
        pass


@forever
def total() -> int:
    return 1
