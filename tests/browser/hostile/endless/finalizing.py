"""Tries to keep Python busy forever when its value is finalized."""


class Value:
    def __del__(self) -> None:
        while True:
            pass


def total() -> int:
    Value()
    return 1
