"""Tries to crash Python when a visitor inspects `value`, with exceptions that do not derive from `Exception`."""


class Left(BaseException):
    pass


class Value:
    def __repr__(self) -> str:
        raise Left


def value() -> Value:
    return Value()


def total(value: Value) -> int:
    return 60
