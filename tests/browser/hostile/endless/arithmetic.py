"""Tries to keep Python busy forever in a single instruction, which checks between instructions cannot interrupt."""


def total() -> int:
    return len(str(9**9**9))
