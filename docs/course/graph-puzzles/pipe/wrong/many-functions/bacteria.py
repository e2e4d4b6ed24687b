"""Bacteria in a dish."""


def at_start() -> int:
    """Number of bacteria at the start."""
    return 5


def after_20(at_start: int) -> int:
    """Number of bacteria after 20 minutes."""
    return at_start * 2


def after_40(after_20: int) -> int:
    """Number of bacteria after 40 minutes."""
    return after_20 * 2


def after_60(after_40: int) -> int:
    """Number of bacteria after 60 minutes."""
    return after_40 * 2


def cells(after_60: int) -> int:
    """Number of bacteria after an hour."""
    return after_60
