"""Tries to overflow the stack with deeply nested values."""


def nested() -> list:
    found: list = []
    for _ in range(200_000):
        found = [found]
    return found


def inside_itself() -> dict:
    found: dict = {}
    found["self"] = found
    return found


def recursing(n: int = 0) -> int:
    return recursing(n + 1)


def chained() -> int:
    error = ValueError("first")
    for _ in range(10_000):
        later = ValueError("later")
        later.__cause__ = error
        error = later
    raise error


def grouped() -> int:
    error = ValueError("first")
    for _ in range(5_000):
        error = ExceptionGroup("group", [error])
    raise error
