"""Comparison of a value with the previous one. Downstream values are reused only if the two values are equal."""

from __future__ import annotations

import copy
import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest

from headwater.caching.equality import BYTES_PER_OBJECT, MAX_DEPTH, MAX_OBJECTS, is_equal

pytestmark = pytest.mark.interpreter


@dataclass
class Price:
    amount: Any
    unit: str = "EUR"


@dataclass(slots=True)
class Slotted:
    amount: Any
    cents: int = field(init=False)


class Point(NamedTuple):
    x: Any
    y: Any


@dataclass(eq=True)
class Agreeable:
    amount: int

    def __eq__(self, other: object) -> bool:
        raise AssertionError("must not be called")

    __hash__ = None  # type: ignore[assignment]


class Unknown:
    def __eq__(self, other: object) -> bool:
        raise AssertionError("must not be called")

    __hash__ = None  # type: ignore[assignment]


class Frame(pd.DataFrame):
    pass


@dataclass
class Listed(list[int]):
    name: str


def frame(**changes: Any) -> pd.DataFrame:
    days = pd.date_range("2024-01-01", periods=3)
    columns = {
        "rain": [1.5, None, 0.0],
        "day": days,
        "local": days.tz_localize("Europe/Berlin"),
        "kind": pd.Categorical(["wet", None, "dry"]),
        "name": ["a", None, "c"],
        "count": pd.array([1, None, 3], dtype="Int64"),
        "flag": [True, False, True],
        **changes,
    }
    return pd.DataFrame(columns, index=pd.Index(["x", "y", "z"], name="place"))


SAME = [
    *(None, True, 3, 2.5, float("nan"), -0.0, 1 + 2j, "text", b"bytes", range(3), Decimal("1.0")),
    *(dt.date(2024, 1, 1), dt.datetime(2024, 1, 1, tzinfo=dt.UTC), dt.timedelta(1)),
    *([], [1, "a", [2.0]], (1, (2,)), {"a": [1], "b": {}}, {1, 2}, frozenset({"a"})),
    *(Price([1]), Slotted(1), Point(1, [2]), Agreeable(1)),
    *(np.arange(4), np.array([0.0, np.nan]), np.eye(2), np.array(["a", "bb"]), np.array([[1], {"a": 2}], dtype=object)),
    *(np.float32(1.5), np.array(["2024-01-01", "NaT"], dtype="M8[D]"), np.zeros(2, dtype=[("a", "f8"), ("b", "O")])),
    *(frame(), frame()["rain"], frame()["local"], frame()["kind"], frame().index, pd.RangeIndex(3), pd.Series(dtype="str")),
    pd.Series([1, 2], index=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["k", None]), name=("a", 1)),
    *(pd.interval_range(0, 3), pd.period_range("2024", periods=3), pd.Timestamp("2024-01-01", tz="UTC"), pd.NaT, pd.NA),
    pd.DataFrame({"a": [1], "b": [2]}).set_axis(["a", "a"], axis=1),
]


@pytest.mark.parametrize("value", SAME, ids=lambda value: type(value).__name__)
def test_a_recomputed_value_is_equal(value: Any) -> None:
    assert is_equal(value, copy.deepcopy(value))
    assert is_equal([value], [copy.deepcopy(value)])


def test_objects_in_a_frame_are_compared_individually() -> None:
    assert is_equal(frame(list=[[1], [2], None]), frame(list=[[1], [2], None]))
    assert not is_equal(frame(list=[[1], [2], None]), frame(list=[[1], [3], None]))


def test_a_column_may_have_more_texts_than_a_value_has_objects() -> None:
    def texts(last: str | None) -> pd.Series[str]:
        return pd.Series(["a", None, "b"] * MAX_OBJECTS + [last])

    assert is_equal(texts("c"), texts("c"))
    assert not is_equal(texts("c"), texts("d"))
    assert not is_equal(texts("c"), texts(None))


@pytest.mark.parametrize("last", [0.0, -0.0, 1, True, float("nan"), "", None, [1]])
def test_texts_beside_other_objects_are_compared_exactly(last: object) -> None:
    others = [0.0, -0.0, 1, True, float("nan"), "", None, [1]]
    array = np.array(["a", None, np.nan, last], dtype=object)
    equal = [other for other in others if is_equal(array, np.array(["a", None, np.nan, other], dtype=object))]
    assert list(map(repr, equal)) == [repr(last)]


FRAME = frame()
DIFFERENT = [
    *((1, True), (1, 1.0), (0.0, -0.0), (1.0, float("nan")), ("a", b"a"), (Decimal("1.0"), Decimal("1.00"))),
    *(([1], [2]), ([1], [1, 1]), ([1], (1,)), ({"a": 1, "b": 2}, {"b": 2, "a": 1}), ({1}, {True}), ([1], [True])),
    *(
        (Price(1), Price(2)),
        (Price(1), Agreeable(1)),
        (Slotted(1), Slotted(2)),
        (Point(1, 2), Point(1, 3)),
        (Point(1, 2), (1, 2)),
    ),
    (dt.time(2), dt.time(2, fold=1)),
    *(
        (np.arange(2), np.arange(2.0)),
        (np.arange(2), np.arange(2)[::-1]),
        (np.zeros(2), -np.zeros(2)),
        (np.zeros(2), np.zeros(3)),
    ),
    (np.ones((2, 2)), np.asfortranarray(np.ones((2, 2)))),
    *((np.float32(1), np.float64(1)), (np.array([1], dtype=object), np.array([True], dtype=object))),
    *((FRAME, FRAME.rename(columns={"rain": "snow"})), (FRAME, FRAME[FRAME.columns[::-1]]), (FRAME, FRAME[::-1])),
    *((FRAME, FRAME.rename_axis("where")), (FRAME, FRAME.assign(rain=[1.5, None, -0.0])), (FRAME, FRAME.reset_index())),
    *((FRAME, FRAME.assign(flag=[1, 0, 1])), (FRAME, Frame(frame()))),
    (FRAME["kind"], FRAME["kind"].cat.set_categories(["wet", "dry"])),
    (FRAME["kind"], FRAME["kind"].cat.as_ordered()),
    *((FRAME["rain"], FRAME["rain"].rename("snow")), (FRAME["local"], FRAME["local"].dt.tz_convert("UTC"))),
    (FRAME["count"], FRAME["count"].fillna(0)),
    (pd.RangeIndex(3), pd.Index([0, 1, 2])),
    (
        pd.Series([1, 2], index=pd.date_range("2024", periods=2)),
        pd.Series([1, 2], index=pd.DatetimeIndex(["2024", "2024-01-02"])),
    ),
    (pd.Timestamp("2024-01-01"), pd.Timestamp("2024-01-01", tz="UTC")),
]


@pytest.mark.parametrize(("before", "value"), DIFFERENT, ids=lambda value: type(value).__name__)
def test_a_value_that_differs_in_anything_is_another(before: Any, value: Any) -> None:
    assert not is_equal(before, value)
    assert not is_equal(value, before)


def test_attributes_of_a_frame_count() -> None:
    annotated = frame()
    annotated.attrs["source"] = "here"
    assert not is_equal(frame(), annotated)


@pytest.mark.parametrize(
    "make",
    [
        Unknown,
        object,
        lambda: lambda: 1,
        lambda: iter([1]),
        lambda: Listed("a"),
        lambda: Frame({"a": [1]}),
        lambda: [Unknown()],
    ],
)
def test_a_value_of_an_unknown_class_counts_as_changed(make: Any) -> None:
    assert not is_equal(make(), make())


@pytest.mark.parametrize(
    "value",
    [[1], {"a": 1}, Price(1), np.arange(3), FRAME, FRAME["rain"], ([1],)],
    ids=lambda value: type(value).__name__,
)
def test_the_very_object_may_have_been_changed_in_place(value: Any) -> None:
    assert not is_equal(value, value)
    assert not is_equal([value], [value])


def test_an_array_in_the_same_memory_may_have_been_changed_in_place() -> None:
    array = np.arange(3)
    assert not is_equal(array[:], array[:])


def test_two_columns_of_a_frame_are_equal_since_pandas_copies_on_write() -> None:
    assert is_equal(FRAME["rain"], FRAME["rain"])


def test_an_object_that_occurs_twice_must_occur_twice() -> None:
    shared: list[int] = [1]
    assert is_equal([shared, shared], copy.deepcopy([shared, shared]))
    assert not is_equal([shared, shared], [[1], [1]])
    assert not is_equal([[1], [1]], [shared, shared])


def test_a_value_that_contains_itself_is_compared_once() -> None:
    before: list[Any] = [1]
    before.append(before)
    assert is_equal(before, copy.deepcopy(before))


def test_a_value_that_is_too_large_or_too_deep_counts_as_changed() -> None:
    assert is_equal([1] * (MAX_OBJECTS - 2), [1] * (MAX_OBJECTS - 2))
    assert not is_equal([1] * MAX_OBJECTS, [1] * MAX_OBJECTS)
    size = MAX_OBJECTS * BYTES_PER_OBJECT + BYTES_PER_OBJECT
    assert not is_equal(np.zeros(size, dtype="b"), np.zeros(size, dtype="b"))
    deep: list[Any] = []
    for _ in range(MAX_DEPTH):
        deep = [deep]
    assert not is_equal(deep, copy.deepcopy(deep))


def test_a_path_is_not_looked_into() -> None:
    assert not is_equal(PurePosixPath("a"), PurePosixPath("a"))
