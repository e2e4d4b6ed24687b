"""Tries to keep Python busy for ever when somebody asks what its value is."""


class Value:
    @property
    def __class__(self):
        while True:
            pass


def total() -> object:
    return Value()
