"""Tries to fill the page with text: values, names, types, documentation, printed output and errors."""

import pandas as pd

import headwater as hw

LARGE = "large " * 5_000_000


class Value:
    def __repr__(self) -> str:
        return LARGE


Value.__name__ = LARGE


@hw.tag(owner=LARGE)
def text() -> str:
    print(LARGE)
    return LARGE


text.__doc__ = LARGE


def value(text: str) -> Value:
    return Value()


def tree(text: str) -> dict:
    return {LARGE: [LARGE] * 1_000, "value": Value()}


def table(text: str) -> pd.DataFrame:
    return pd.DataFrame({LARGE: [LARGE, Value()], "x" * 100_000: [1, 2]})


def failed(text: str) -> int:
    raise type("Failure" * 100_000, (Exception,), {})(LARGE)


def annotated(text: str) -> int:
    error = ValueError("x")
    for _ in range(100_000):
        error.add_note("large")
    raise error
