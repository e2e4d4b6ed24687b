"""Tries to keep Python busy forever when its value is compared with the previous one."""

import pandas as pd


class Value:
    def __eq__(self, other: object) -> bool:
        while True:
            pass

    def __hash__(self) -> int:
        return 1

    def __repr__(self) -> str:
        return "value"


def value() -> Value:
    return Value()


def inside() -> list:
    return [Value()]


def table() -> pd.DataFrame:
    return pd.DataFrame({"a": [Value()]})
