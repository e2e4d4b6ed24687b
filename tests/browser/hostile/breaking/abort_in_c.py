"""Tries to kill the interpreter with C's `abort` instead of Python's `os.abort`."""

import faulthandler


def total() -> int:
    faulthandler._sigabrt()
