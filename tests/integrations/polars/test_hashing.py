"""Hashes of polars values, and the parquet format."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from headwater.caching.formats import formats_for
from headwater.caching.hashing import UnhashableError, content_hash

pl = pytest.importorskip("polars")

DISTINCT: list[Any] = [
    *(pl.DataFrame(), pl.DataFrame({"a": [1, 2]}), pl.DataFrame({"a": [2, 1]}), pl.DataFrame({"b": [1, 2]})),
    *(pl.DataFrame({"a": [1], "b": [2]}), pl.DataFrame({"b": [2], "a": [1]}), pl.DataFrame({"a": [1.0]})),
    *(
        pl.DataFrame({"a": [1, None]}),
        pl.DataFrame({"a": [0.0]}),
        pl.DataFrame({"a": [-0.0]}),
        pl.DataFrame({"a": [float("nan")]}),
    ),
    *(
        pl.DataFrame({"a": [None]}),
        pl.DataFrame({"a": ["x", None]}),
        pl.DataFrame({"a": ["x", ""]}),
        pl.DataFrame({"a": ["xy", ""]}),
    ),
    *(pl.DataFrame({"a": [True]}), pl.DataFrame({"a": [b"x"]}), pl.DataFrame({"a": [Decimal("1.0")]})),
    *(pl.DataFrame({"a": [dt.date(2020, 1, 1), None]}), pl.DataFrame({"a": [dt.datetime(2020, 1, 1)]})),  # noqa: DTZ001
    *(pl.DataFrame({"a": [dt.timedelta(1)]}), pl.DataFrame({"a": [dt.time(1)]})),
    *(pl.DataFrame({"a": [[1], None]}), pl.DataFrame({"a": [[1], []]}), pl.DataFrame({"a": [[[1]]]})),
    *(pl.DataFrame({"a": [{"x": 1}]}), pl.DataFrame({"a": [{"x": 2}]}), pl.DataFrame({"a": [{"y": 1}]})),
    pl.DataFrame({"a": [1]}, schema={"a": pl.UInt8}),
    pl.DataFrame({"a": ["x"]}, schema={"a": pl.Categorical}),
    pl.DataFrame({"a": ["x"]}, schema={"a": pl.Enum(["x", "y"])}),
    pl.DataFrame({"a": ["x"]}, schema={"a": pl.Enum(["x", "z"])}),
    *(pl.Series([1]), pl.Series("a", [1]), pl.Series("a", [2])),
]


def digest(value: object) -> str:
    return content_hash(value, lambda _: None)


def test_different_values_have_different_hashes() -> None:
    hashes = [digest(value) for value in DISTINCT]
    same = [(one, other) for one in range(len(hashes)) for other in range(one) if hashes[one] == hashes[other]]
    assert [(DISTINCT[one], DISTINCT[other]) for one, other in same] == []


def test_chunks_do_not_matter() -> None:
    frame = pl.DataFrame({"a": [1, None, 3], "b": ["x", "y", None]})
    assert digest(pl.concat([frame[:1], frame[1:]])) == digest(frame)
    assert digest(frame[1:]) == digest(pl.DataFrame({"a": [None, 3], "b": ["y", None]}, schema=frame.schema))


def test_other_values_have_no_hash() -> None:
    for value in (pl.LazyFrame({"a": [1]}), pl.col("a"), pl.DataFrame({"a": [object()]}, schema={"a": pl.Object})):
        with pytest.raises(UnhashableError):
            digest(value)


@pytest.mark.parametrize("value", DISTINCT, ids=range(len(DISTINCT)))
def test_a_format_returns_exactly_the_same_value(value: Any) -> None:
    exact = [
        format_.name
        for _, format_ in formats_for(value, None, allow_pickle=True)
        if digest(format_.load(format_.dump(value))) == digest(value)
    ]
    assert exact
