"""Tries to look like a visitor who interrupts."""


def total() -> int:
    raise KeyboardInterrupt
