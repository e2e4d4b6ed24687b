"""Tries to kill the interpreter with infinite recursion."""

import sys


def total() -> int:
    sys.setrecursionlimit(2**31 - 1)

    def deeper(*args):
        return sorted([1, 2], key=lambda _: deeper(*args, 1))

    return deeper()
