"""Tries to keep Python busy forever when its value is shown, in `__repr__`."""


class Value:
    def __repr__(self) -> str:
        while True:
            pass


def total() -> Value:
    return Value()
