"""Tries to crash Python when a visitor inspects `value`."""

import os


class Value:
    def __repr__(self) -> str:
        os.abort()


def value() -> Value:
    return Value()


def total(value: Value) -> int:
    return 60
