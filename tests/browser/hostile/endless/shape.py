"""Tries to keep Python busy forever in `shape`, a property that is read when a list that contains the value is shown."""


class Value:
    @property
    def shape(self) -> tuple[int, ...]:
        while True:
            pass


def total() -> list[Value]:
    return [Value()]
