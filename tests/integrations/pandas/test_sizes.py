"""The sizes of pandas values in memory."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from headwater.previews.sizes import value_size

WORDS = [f"{number:_>50}" for number in range(10_000)]


@pytest.mark.parametrize(
    ("value", "size"),
    [
        (pd.Series(np.zeros(1_000)), 8_000),
        (pd.DataFrame({"a": np.zeros(1_000), "b": np.zeros(1_000, dtype="int8")}), 9_000),
        (pd.DataFrame(np.zeros((10, 1_000))), 80_000),
        (pd.DataFrame(index=pd.date_range("2024", periods=1_000)), 8_000),
        (pd.date_range("2024", periods=1_000, tz="UTC"), 8_000),
        (pd.DataFrame(), 0),
    ],
    ids=["series", "frame", "wide frame", "index of a frame", "dates", "empty"],
)
def test_a_value_of_numbers_has_the_size_of_its_arrays(value: object, size: int) -> None:
    measured = value_size(value)
    assert measured is not None
    assert size <= measured < size + 200  # up to 200 bytes for a range as the index


@pytest.mark.parametrize(
    "value",
    [
        pd.Series(WORDS, dtype=object),
        pd.Series(WORDS),
        pd.DataFrame({"word": WORDS}),
        pd.Index(WORDS),
        pd.Series(0, index=WORDS),
        pd.Series(WORDS, dtype=object, index=np.arange(10_000) / 2),
    ],
    ids=["objects", "series", "frame", "index", "labels", "objects with a numeric index"],
)
def test_texts_count(value: object) -> None:
    measured = value_size(value)
    assert measured is not None
    assert 50 * len(WORDS) < measured < 150 * len(WORDS)


@pytest.mark.parametrize(
    "value",
    [
        pd.MultiIndex.from_product([range(100), range(100)]),
        pd.Series(pd.Categorical(["low", "high"] * 5_000)),
        pd.Series(pd.array([1, None] * 5_000, dtype="Int8")),
    ],
    ids=["levels", "categories", "nullable"],
)
def test_compact_values_are_small(value: object) -> None:
    measured = value_size(value)
    assert measured is not None
    assert 10_000 <= measured < 30_000


def test_a_subclass_is_measured_without_its_methods() -> None:
    class Frame(pd.DataFrame):
        @property
        def dtypes(self) -> pd.Series:
            raise AssertionError

    size = value_size(Frame({"a": np.zeros(10_000)}))
    assert size is not None
    assert 80_000 < size < 90_000


def test_a_column_that_cannot_be_measured_has_no_size() -> None:
    class Prices(pd.arrays.IntegerArray):
        @property
        def nbytes(self) -> int:
            raise AssertionError

    assert value_size(pd.Series(Prices(np.array([1]), np.array([False])))) is None
