"""Tries to fill the browser's console through each of its methods, with long strings and large values."""

import js


def total() -> int:
    large = js.Object.fromEntries([[str(number), "never " * 1000] for number in range(1000)])
    methods = [name for name in js.Object.keys(js.console) if name not in {"clear", "memory"}]
    while True:
        for name in methods:
            getattr(js.console, name)("never " * 100_000, large)
