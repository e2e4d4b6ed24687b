"""Hashes of arrays, and the npy format."""

from __future__ import annotations

from typing import Any

import pytest

from headwater.caching.formats import formats_for
from headwater.caching.hashing import UnhashableError, content_hash

np = pytest.importorskip("numpy")

DISTINCT: list[Any] = [
    *(np.array([1, 2]), np.array([1, 2], dtype="i2"), np.array([1.0, 2.0]), np.array([[1, 2]]), np.array([[1], [2]])),
    *(np.array(1), np.array([]), np.array([], dtype=bool), np.array([True]), np.array([0.0]), np.array([-0.0])),
    *(np.array([np.nan]), np.array(["a"]), np.array(["a", "bc"]), np.array([b"a"]), np.array([1 + 2j])),
    *(np.array(["2020-01-01"], dtype="M8[D]"), np.array(["2020-01-01"], dtype="M8[s]"), np.array([1], dtype="m8[s]")),
    *(np.array([None, 1, "a"], dtype=object), np.array([None, 1.0, "a"], dtype=object), np.array(["a"], dtype=object)),
    *(np.array([(1, 2.0)], dtype=[("a", "i8"), ("b", "f8")]), np.array([(1, 2.0)], dtype=[("a", "i8"), ("c", "f8")])),
    *(np.array([1], dtype=">i4"), np.int64(1), np.int32(1), np.float64(1), np.bool_(True), np.str_("a"), 1, 1.0, [1, 2]),
    *(np.datetime64("2020-01-01"), np.datetime64("NaT"), np.dtype("i8"), np.dtype("f8")),
]


def digest(value: object) -> str:
    return content_hash(value, lambda _: None)


def test_different_arrays_have_different_hashes() -> None:
    assert len({digest(value) for value in DISTINCT}) == len(DISTINCT)


def test_the_layout_in_memory_does_not_matter() -> None:
    array = np.arange(12).reshape(3, 4)
    for same in (np.asfortranarray(array), array.copy()[::-1][::-1], np.arange(24).reshape(3, 8)[:, ::2] // 2):
        assert np.array_equal(same, array)
        assert digest(same) == digest(array)


@pytest.mark.parametrize(
    "value",
    [np.ma.masked_array([1]), np.array([object()]), np.array([1], dtype="longdouble"), np.random.default_rng(1)],
    ids=lambda value: type(value).__name__,
)
def test_other_values_have_no_hash(value: object) -> None:
    if getattr(getattr(value, "dtype", None), "itemsize", 0) == 8 and type(value) is np.ndarray and value.dtype.kind == "f":
        pytest.skip("on this system, a long double is the same as a double")
    with pytest.raises(UnhashableError):
        digest(value)


@pytest.mark.parametrize(
    "value", [value for value in DISTINCT if type(value) is np.ndarray], ids=lambda value: str(value.dtype)
)
def test_a_format_returns_exactly_the_same_array(value: Any) -> None:
    for _, format_ in formats_for(value, None, allow_pickle=True):
        try:
            data = format_.dump(value)
        except ValueError:
            assert format_.name == "npy"
            assert value.dtype == object
            continue
        assert digest(format_.load(data)) == digest(value)
