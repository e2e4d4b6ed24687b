"""Tries to keep Python busy for ever when a list shows how large its value is: in a property."""


class Value:
    @property
    def shape(self) -> tuple[int, ...]:
        while True:
            pass


def total() -> list[Value]:
    return [Value()]
