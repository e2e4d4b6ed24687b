"""Quantities in messages."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """Return a number and a noun, which is plural unless the number is 1.

    >>> counted(1, "node"), counted(1_200, "node")
    ('1 node', '1,200 nodes')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
