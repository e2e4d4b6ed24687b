"""Tries to crash the page along with the worker by exhausting JavaScript's memory."""

import js


def total() -> int:
    blocks = []
    while True:
        blocks.append(js.Array.new(1_000_000).fill(0.5))
