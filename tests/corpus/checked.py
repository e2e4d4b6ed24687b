"""Checks of every kind: for values, columns and several nodes; custom checks; and stacked checks."""

import datetime as dt

import numpy as np
import pandas as pd

from headwater import check_output, check_output_custom, extract_fields, pipe_output, step

RANGE = {"range": (0.0, 1.0)}


def _is_even(number: int) -> bool:
    """The number is even.

    Half of it is whole.
    """
    return number % 2 == 0


async def _is_known(number: int) -> bool:
    return number in {1, 2}


@check_output(values_in=[1, 2, 3], data_type=int, allow_none=False, importance="fail")
@check_output_custom(_is_even, _is_known, importance="warn")
def count(given: int) -> int:
    return given


@check_output(contains=["a", "b"], does_not_contain="c", allow_none=False)
def name(count: int) -> str | None:
    return "a or b" if count else None


@check_output(**RANGE, allow_nans=False, max_fraction_nans=0.5, max_standard_dev=1.0, mean_in_range=(0, 1))
def share(count: int) -> pd.Series:
    return pd.Series([0.5]) / count


@check_output(range=(0, 1), data_type=np.float64)
def array(share: pd.Series) -> np.ndarray:
    return share.to_numpy()


@check_output(allow_none=False, target_=...)
@check_output(range=(0, 9), target_=["low"])
@extract_fields({"low": int, "high": int})
def bounds(count: int) -> dict[str, int]:
    return {"low": 0, "high": count}


def _doubled(number: int) -> int:
    return number * 2


@check_output(range=(0, 100))
@pipe_output(step(_doubled))
@check_output(allow_none=False)
def doubled(high: int) -> int:
    return high


@check_output(data_type=dt.date)
def day(bounds: dict[str, int]) -> dt.date:
    return dt.date(2024, 5, bounds["high"])
