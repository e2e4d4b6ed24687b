"""Tries to leave when somebody asks the module for an attribute, and to stay in the way of the code that follows."""


def __getattr__(name: str):
    raise SystemExit("left")


def total() -> int:
    return 1
