"""Hashes of Arrow values, and the parquet format."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from headwater.caching.formats import formats_for
from headwater.caching.hashing import UnhashableError, content_hash

pa = pytest.importorskip("pyarrow")


def nested(metadata: dict[str, str]) -> Any:
    """Return a table with metadata in a field within a field."""
    inner = pa.field("a", pa.int64(), metadata=metadata)
    return pa.table([pa.array([{"a": 1}], pa.struct([inner]))], names=["x"])


DISTINCT: list[Any] = [
    *(pa.table({}), pa.table({"a": [1, 2]}), pa.table({"a": [2, 1]}), pa.table({"b": [1, 2]}), pa.table({"a": [1.0, 2.0]})),
    *(
        pa.table({"a": [1, None]}),
        pa.table({"a": [0, None]}),
        pa.table({"a": [1, 0]}),
        pa.table({"a": [0.0]}),
        pa.table({"a": [-0.0]}),
    ),
    *(pa.table({"a": ["x", None]}), pa.table({"a": ["x", ""]}), pa.table({"a": [b"x"]}), pa.table({"a": [True]})),
    *(pa.table({"a": [[1], None]}), pa.table({"a": [{"x": 1}]}), pa.table({"a": [dt.date(2020, 1, 1)]})),
    *(pa.table({"a": [1], "b": [2]}), pa.table({"b": [2], "a": [1]}), pa.table({"a": pa.array([1], pa.int8())})),
    pa.table({"a": [1]}).replace_schema_metadata({"unit": "m"}),
    pa.record_batch({"a": [1, 2]}),
    *(pa.array([1, 2]), pa.array([1.5]), pa.chunked_array([[1, 2]])),
    *(pa.array([1], pa.time64("ns")), pa.array([2], pa.time64("ns")), pa.array([1], pa.timestamp("ns"))),
    *(pa.DictionaryArray.from_arrays(pa.array([0]), ["a"]), pa.DictionaryArray.from_arrays(pa.array([1]), ["b", "a"])),
    *(nested({}), nested({"unit": "m"})),
]


def digest(value: object) -> str:
    return content_hash(value, lambda _: None)


def test_different_values_have_different_hashes() -> None:
    hashes = [digest(value) for value in DISTINCT]
    same = [(one, other) for one in range(len(hashes)) for other in range(one) if hashes[one] == hashes[other]]
    assert [(DISTINCT[one], DISTINCT[other]) for one, other in same] == []


def test_nested_times_that_python_cannot_represent_have_no_hash() -> None:
    with pytest.raises(UnhashableError, match=r"time64\[ns\]"):
        digest(pa.array([[1]], pa.list_(pa.time64("ns"))))


def test_chunks_and_slices_do_not_matter() -> None:
    table = pa.table({"a": [1, None, 3], "b": ["x", "y", None]})
    assert digest(pa.concat_tables([table[:1], table[1:]])) == digest(table)
    assert digest(table[1:]) == digest(pa.table({"a": pa.array([None, 3], pa.int64()), "b": ["y", None]}))
    assert digest(pa.array([0, 1, 2]).slice(1)) == digest(pa.array([1, 2]))


@pytest.mark.parametrize("value", DISTINCT, ids=range(len(DISTINCT)))
def test_a_format_returns_exactly_the_same_value(value: Any) -> None:
    exact = [
        format_.name
        for _, format_ in formats_for(value, None, allow_pickle=True)
        if digest(format_.load(format_.dump(value))) == digest(value)
    ]
    assert exact
