"""`fill_with`: missing parts are filled in, both in the node of the frame or dictionary and in the nodes of the parts."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict, defaultdict
from types import MappingProxyType
from typing import Any, TypedDict

import pandas as pd
import pytest

from headwater import Builder, check_output_custom, extract_columns, extract_fields, parameterize, pipe_output, step, value

pl = pytest.importorskip("polars")


def built(*functions):
    return Builder().with_functions(*functions).build()


class Bounds(TypedDict, total=False):
    low: int
    high: int


RECORDS = {
    "dict": (dict, {"low": 1}, {"low": 1, "high": 0}),
    "a typed dictionary": (Bounds, {"low": 1}, {"low": 1, "high": 0}),
    "an ordered dictionary": (OrderedDict, OrderedDict(low=1), OrderedDict(low=1, high=0)),
    "a default dictionary": (defaultdict, defaultdict(int, low=1), defaultdict(int, low=1, high=0)),
    "a read-only mapping": (MappingProxyType, MappingProxyType({"low": 1}), {"low": 1, "high": 0}),
    "a complete dictionary": (dict, {"low": 1, "high": 5}, {"low": 1, "high": 5}),
    "an empty dictionary": (dict, {}, {"low": 0, "high": 0}),
}


@pytest.mark.parametrize(("type_", "returned", "expected"), RECORDS.values(), ids=RECORDS)
def test_the_dictionarys_node_has_the_filled_fields(type_, returned, expected):
    before = dict(returned)

    def bounds() -> Any:
        return returned

    bounds.__annotations__["return"] = type_
    driver = built(extract_fields({"low": int, "high": int}, fill_with=0)(bounds))
    values = driver.execute(["bounds", "low", "high"])
    assert values == {"bounds": expected, "low": expected["low"], "high": expected["high"]}
    assert type(values["bounds"]) is type(expected)
    assert dict(returned) == before


FRAMES = {
    "pandas": (pd.DataFrame, pd.DataFrame({"a": [1, 2]})),
    "polars": (pl.DataFrame, pl.DataFrame({"a": [1, 2]})),
    "polars, lazy": (pl.LazyFrame, pl.LazyFrame({"a": [1, 2]})),
}
FILLS = {
    "a number": 0.5,
    "None": None,
    "a text": "x",
    "a date": dt.date(2020, 1, 1),
    "a list": [1, 2, 3],
}


@pytest.mark.parametrize("fill", FILLS.values(), ids=FILLS)
@pytest.mark.parametrize(("type_", "frame"), FRAMES.values(), ids=FRAMES)
def test_the_frames_node_has_the_filled_columns(type_, frame, fill):
    def table() -> Any:
        return frame

    table.__annotations__["return"] = type_
    values = built(extract_columns("a", "b", "c", fill_with=fill)(table)).execute(["table", "b"])
    assert type(values["table"]) is type_
    table = values["table"].collect() if type_ is pl.LazyFrame else values["table"]
    assert list(table.columns) == ["a", "b", "c"]
    for column in (table["b"], table["c"], values["b"]):
        values_of = column.to_list()
        assert values_of == [fill, fill] or (fill is None and all(pd.isna(value) for value in values_of))  # NaN in pandas
    assert list(frame.lazy().collect_schema() if type_ is not pd.DataFrame else frame) == ["a"]


def test_a_check_below_receives_the_filled_value():
    def has_both(value: dict) -> bool:
        return set(value) == {"low", "high"}

    @extract_fields({"low": int, "high": int}, fill_with=0)
    @check_output_custom(has_both, importance="fail")
    def bounds() -> dict[str, int]:
        return {"low": 1}

    assert built(bounds).execute(["bounds", "bounds_raw"]) == {
        "bounds": {"low": 1, "high": 0},
        "bounds_raw": {"low": 1, "high": 0},
    }


def _more(value: dict) -> dict:
    return {**value, "more": 1}


def test_the_final_value_of_a_pipe_below_is_filled():
    @extract_fields({"low": int}, fill_with=0)
    @pipe_output(step(_more))
    def bounds() -> dict:
        return {}

    assert built(bounds).execute(["bounds", "bounds.raw"]) == {"bounds": {"more": 1, "low": 0}, "bounds.raw": {}}


def test_the_variant_of_a_function_is_filled():
    @extract_fields({"low": int, "high": int}, fill_with=0)
    @parameterize(limits={"start": value(7)})
    def bounds(start: int) -> dict[str, int]:
        return {"low": start}

    assert built(bounds).execute(["limits"]) == {"limits": {"low": 7, "high": 0}}


def test_an_overridden_dictionary_is_filled_for_its_fields():
    @extract_fields({"low": int, "high": int}, fill_with=0)
    def bounds() -> dict[str, int]: ...

    assert built(bounds).execute(["low", "high"], overrides={"bounds": {"low": 3}}) == {"low": 3, "high": 0}
