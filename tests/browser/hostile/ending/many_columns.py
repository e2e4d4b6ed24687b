"""Tries to fill the page with a table."""

import pandas as pd


def wide() -> pd.DataFrame:
    return pd.DataFrame([range(20_000)] * 3)


def levels() -> pd.DataFrame:
    index = pd.MultiIndex.from_arrays([[level] for level in range(2_000)])
    return pd.DataFrame([[1]], index=index)


def total() -> int:
    return 60
