"""Tries to keep Python busy for ever in one instruction, which no check between instructions sees."""


def total() -> int:
    return len(str(9**9**9))
