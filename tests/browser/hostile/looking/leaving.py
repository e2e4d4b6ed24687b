"""Tries to end Python when a visitor looks at `value`: with exceptions that are no `Exception`."""


class Left(BaseException):
    pass


class Value:
    def __repr__(self) -> str:
        raise Left


def value() -> Value:
    return Value()


def total(value: Value) -> int:
    return 60
