"""Tries to keep Python busy forever in a single instruction. Python checks for interrupts only between instructions."""


def total() -> int:
    return len(str(9**9**9))
