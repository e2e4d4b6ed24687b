"""Tries to take down the page with the worker: by taking all the memory that JavaScript may have."""

import js


def total() -> int:
    kept = []
    while True:
        kept.append(js.Array.new(1_000_000).fill(0.5))
