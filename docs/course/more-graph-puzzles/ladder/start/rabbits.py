"""Pairs of rabbits, month by month."""


def month_8() -> int:
    """Pairs of rabbits in the eighth month."""
    before, now = 1, 1
    for _ in range(6):
        before, now = now, before + now
    return now
