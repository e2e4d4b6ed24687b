"""Tries to exit on access to an attribute of the module, and to block the code that follows."""


def __getattr__(name: str):
    raise SystemExit("left")


def total() -> int:
    return 1
