"""Tries to kill the interpreter: with C's `abort`, which Python's own `os.abort` is not needed for."""

import faulthandler


def total() -> int:
    faulthandler._sigabrt()
