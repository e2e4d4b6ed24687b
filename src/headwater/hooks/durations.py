"""Durations and sizes as text."""

from __future__ import annotations


def duration_text(seconds: float) -> str:
    """Return a duration in a suitable unit.

    >>> duration_text(0.000012), duration_text(0.00123), duration_text(1.5), duration_text(90)
    ('12 µs', '1.2 ms', '1.50 s', '1 min 30 s')
    """
    if seconds < 1e-3:
        return f"{seconds * 1e6:.0f} µs"
    if seconds < 1:
        return f"{seconds * 1e3:.1f} ms"
    if seconds < 60:
        return f"{seconds:.2f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"


def size_text(size: int) -> str:
    """Return a number of bytes in a suitable unit.

    >>> size_text(120), size_text(2_500), size_text(3_200_000)
    ('120 B', '2.5 kB', '3.2 MB')
    """
    number = float(size)
    for unit in ("B", "kB", "MB"):
        if abs(number) < 1000:
            return f"{number:.0f} {unit}" if unit == "B" else f"{number:.1f} {unit}"
        number /= 1000
    return f"{number:.1f} GB"
