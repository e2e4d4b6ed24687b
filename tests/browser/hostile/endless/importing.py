"""Tries to keep Python busy forever while its module is imported."""

while True:
    pass


def total() -> int:
    return 1
