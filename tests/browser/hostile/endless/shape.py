"""Tries to keep Python busy forever when a list shows the size of its value, in a property."""


class Value:
    @property
    def shape(self) -> tuple[int, ...]:
        while True:
            pass


def total() -> list[Value]:
    return [Value()]
