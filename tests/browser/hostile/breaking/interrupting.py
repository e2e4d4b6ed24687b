"""Tries to look like an interruption by the visitor."""


def total() -> int:
    raise KeyboardInterrupt
