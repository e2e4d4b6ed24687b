"""Tries to trace every line of later code."""

import sys


def total() -> int:
    def trace(*_):
        raise ValueError("owned")

    sys.setprofile(trace)
    sys.settrace(trace)
    return 1
