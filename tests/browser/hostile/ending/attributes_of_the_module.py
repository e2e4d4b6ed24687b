"""Tries to exit when an attribute of the module is read, and to block the code that follows."""


def __getattr__(name: str):
    raise SystemExit("left")


def total() -> int:
    return 1
