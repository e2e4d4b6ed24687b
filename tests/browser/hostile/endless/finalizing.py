"""Tries to keep Python busy for ever when its value is forgotten."""


class Value:
    def __del__(self) -> None:
        while True:
            pass


def total() -> int:
    Value()
    return 1
