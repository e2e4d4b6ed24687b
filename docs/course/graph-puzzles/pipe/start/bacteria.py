"""Bacteria in a dish."""


def cells() -> int:
    """Number of bacteria after an hour."""
    return 5 * 2**3
