"""`DataFrameResult`: outputs that can be joined into a frame, and errors for all other outputs."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest

from headwater import Builder
from headwater.integrations.pandas import DataFrameResult, UnjoinableOutputs


def joined(**outputs):
    return DataFrameResult().build(outputs)


SERIES = pd.Series([1, 2])
INDEXED = pd.Series([1, 2], index=pd.MultiIndex.from_tuples([("x", 1), ("x", 2)]))
TWICE = pd.DataFrame([[1, 2], [3, 4]], columns=["x", "x"])

FRAMES = {
    "a dictionary and a series": ({"d": {"k": 1}, "s": SERIES}, {"d": [{"k": 1}] * 2, "s": [1, 2]}),
    "a dictionary after a series": ({"s": SERIES, "d": {"k": 1}}, {"s": [1, 2], "d": [{"k": 1}] * 2}),
    "an empty dictionary": ({"d": {}, "s": SERIES}, {"d": [{}] * 2, "s": [1, 2]}),
    "a dictionary of lists": ({"d": {"k": [1, 2, 3]}, "s": SERIES}, {"d": [{"k": [1, 2, 3]}] * 2, "s": [1, 2]}),
    "another mapping": (
        {"d": MappingProxyType({"k": 1}), "s": SERIES},
        {"d": [MappingProxyType({"k": 1})] * 2, "s": [1, 2]},
    ),
    "a dictionary and an array": ({"d": {"k": 1}, "s": np.array([1, 2])}, {"d": [{"k": 1}] * 2, "s": [1, 2]}),
    "a dictionary and a frame": (
        {"d": {"k": 1}, "f": pd.DataFrame({"x": [1, 2]})},
        {"d": [{"k": 1}] * 2, "f.x": [1, 2]},
    ),
    "a dictionary alone": ({"d": {"k": 1}}, {"d": [{"k": 1}]}),
    "a dictionary and a number": ({"d": {"k": 1}, "n": 3}, {"d": [{"k": 1}], "n": [3]}),
    "a MultiIndex and a value": ({"m": INDEXED, "n": 3, "d": {}}, {"m": [1, 2], "n": [3, 3], "d": [{}, {}]}),
    "a MultiIndex and a list": ({"m": INDEXED, "n": [5, 6]}, {"m": [1, 2], "n": [5, 6]}),
    "a MultiIndex twice": ({"m": INDEXED, "n": INDEXED}, {"m": [1, 2], "n": [1, 2]}),
    "columns with two levels": (
        {"f": pd.DataFrame({("a", "b"): [1, 2]}), "s": SERIES},
        {"f.a.b": [1, 2], "s": [1, 2]},
    ),
    "columns that are numbers": ({"f": pd.DataFrame({0: [1, 2]}), "s": SERIES}, {"f.0": [1, 2], "s": [1, 2]}),
    "an array without dimensions": ({"a": np.array(3), "s": SERIES}, {"a": [3, 3], "s": [1, 2]}),
}


@pytest.mark.parametrize(("outputs", "expected"), FRAMES.values(), ids=FRAMES)
def test_outputs_are_joined_into_one_frame(outputs, expected):
    frame = joined(**outputs)
    assert {name: frame[name].tolist() for name in frame} == expected
    assert list(frame) == list(expected)


def test_the_index_of_several_levels_is_kept():
    assert joined(m=INDEXED, d={"k": 1}).index.equals(INDEXED.index)


def test_a_single_frame_is_returned_unchanged():
    assert joined(f=TWICE) is TWICE


ERRORS = {
    "a MultiIndex and an index": (
        {"m": INDEXED, "s": SERIES},
        ["Cannot join the outputs into a frame: ", ". Outputs: `m` (Series of 2 with a MultiIndex), `s` (Series of 2)."],
    ),
    "an output with a duplicate column": (
        {"f": TWICE, "s": SERIES},
        ["Output `f` has two columns named `x`. Rename one of them."],
    ),
    "a column in two outputs": (
        {"f": pd.DataFrame({"x": [1]}), "f.x": 1},
        ["Two outputs have a column named `f.x`. Request only one of them, or rename one."],
    ),
    "a list that is too long": (
        {"t": (1, 2, 3), "s": SERIES, "d": {}},
        ["Cannot join the outputs into a frame: ", "Outputs: `t` (tuple of 3), `s` (Series of 2), `d` (dict)."],
    ),
    "an index with a duplicate value": (
        {"a": pd.Series([1, 2], index=[0, 0]), "b": SERIES},
        ["Cannot join the outputs into a frame: ", "Outputs: `a` (Series of 2), `b` (Series of 2)."],
    ),
    "an array with two dimensions": (
        {"a": np.zeros((2, 2)), "s": SERIES},
        ["Cannot join the outputs into a frame: ", "Outputs: `a` (ndarray), `s` (Series of 2)."],
    ),
}


@pytest.mark.parametrize(("outputs", "parts"), ERRORS.values(), ids=ERRORS)
def test_outputs_that_cannot_be_joined_are_reported(outputs, parts):
    with pytest.raises(UnjoinableOutputs) as caught:
        joined(**outputs)
    assert all(part in str(caught.value) for part in parts)


def test_a_driver_joins_a_dictionary():
    def params() -> dict:
        return {"k": 1}

    def column() -> pd.Series:
        return SERIES

    driver = Builder().with_functions(params, column).with_result_builder(DataFrameResult()).build()
    assert driver.execute(["params", "column"])["params"].tolist() == [{"k": 1}] * 2
