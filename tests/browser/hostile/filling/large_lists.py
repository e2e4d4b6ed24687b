"""Tries to allocate a gigabyte and display it."""


def numbers() -> list:
    return [0] * (1024**3 // 4)


def more() -> list:
    return [0] * 10**9


def total(numbers: list) -> int:
    return len(numbers)
