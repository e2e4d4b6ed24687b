"""The columns and labels of pandas values, for completion."""

from __future__ import annotations

from typing import Any

import pytest

from headwater.session.value_keys import keys_of

pd = pytest.importorskip("pandas")


def keys(value: Any) -> list[tuple[str, str]]:
    return [(key["name"], key["type"]) for key in keys_of(value)]


def test_a_frame_has_its_columns_in_their_order_with_their_dtypes() -> None:
    frame = pd.DataFrame({"rain": [1.5], "day": pd.to_datetime(["2024-01-31"]), 7: [1], "city": pd.Categorical(["Oslo"])})
    assert keys(frame) == [("rain", "float64"), ("day", str(frame["day"].dtype)), ("city", "category")]


def test_equal_columns_keep_their_dtypes() -> None:
    frame = pd.DataFrame([[1, 0.5]], columns=["a", "a"])
    assert keys(frame) == [("a", "int64"), ("a", "float64")]


def test_a_frame_with_several_levels_of_columns_has_the_labels_of_the_first() -> None:
    frame = pd.DataFrame([[1, 2, 3]], columns=pd.MultiIndex.from_tuples([("a", "x"), ("a", "y"), ("b", "x")]))
    assert keys(frame) == [("a", "columns"), ("b", "columns")]


def test_a_series_has_the_labels_that_are_strings() -> None:
    assert keys(pd.Series({"rent": 1.5, "tea": 2})) == [("rent", "float64"), ("tea", "float64")]
    assert keys(pd.Series([1, 2], index=pd.CategoricalIndex(["a", "b"]))) == [("a", "int64"), ("b", "int64")]
    assert keys(pd.Series([1, 2])) == []
    assert keys(pd.Series([1], index=pd.to_datetime(["2024-01-31"]))) == []


def test_the_users_classes_are_not_read() -> None:
    class Frame(pd.DataFrame):  # type: ignore[misc, name-defined]
        @property
        def columns(self) -> Any:
            raise AssertionError("the user's code ran")

    assert keys(Frame({"a": [1]})) == []
