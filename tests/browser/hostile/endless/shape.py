"""Tries to keep Python busy forever in a property, which is read to show the size of the value in a list."""


class Value:
    @property
    def shape(self) -> tuple[int, ...]:
        while True:
            pass


def total() -> list[Value]:
    return [Value()]
