"""Tries to keep Python busy forever when a visitor inspects `value`, long after the run has ended."""


class Value:
    def __repr__(self) -> str:
        while True:
            pass


def value() -> Value:
    return Value()


def total(value: Value) -> int:
    return 60
