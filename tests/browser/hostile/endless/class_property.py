"""Tries to keep Python busy forever when the type of its value is queried."""


class Value:
    @property
    def __class__(self):
        while True:
            pass


def total() -> object:
    return Value()
