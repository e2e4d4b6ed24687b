"""Tries to sleep forever."""

import time


def total() -> int:
    time.sleep(10**6)
    return 1
