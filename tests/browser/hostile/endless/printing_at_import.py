"""Tries to fill the page by printing while the module is imported."""

while True:
    print("never " * 1000)


def total() -> int:
    return 1
