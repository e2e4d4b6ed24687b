"""Tries to be asked before every line that anybody runs."""

import sys


def total() -> int:
    def trace(*_):
        raise ValueError("owned")

    sys.setprofile(trace)
    sys.settrace(trace)
    return 1
