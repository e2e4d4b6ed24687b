"""Tries to kill the interpreter with a write to an unmapped address."""

import ctypes


def total() -> int:
    ctypes.memset(2**32 - 16, 1, 8)
    for address in range(0, 2**26, 4):
        ctypes.memset(address, 255, 4)
    return 1
