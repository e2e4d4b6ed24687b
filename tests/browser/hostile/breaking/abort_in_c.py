"""Tries to kill the interpreter with C's `abort`, without Python's `os.abort`."""

import faulthandler


def total() -> int:
    faulthandler._sigabrt()
