"""Tries to keep Python busy forever in a decorator, before any node exists."""


def forever(function):
    while True:
        pass


@forever
def total() -> int:
    return 1
