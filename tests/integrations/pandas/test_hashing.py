"""Hashes of frames and series, and the parquet format."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from headwater.caching.hashing import UnhashableError, content_hash

pd = pytest.importorskip("pandas")
np = pytest.importorskip("numpy")


def with_attrs(frame: Any, **attrs: object) -> Any:
    frame.attrs = attrs
    return frame


DISTINCT: list[Any] = [
    pd.DataFrame(),
    pd.DataFrame({"a": [1, 2]}),
    pd.DataFrame({"a": [1, 2]}, index=[0, 2]),
    pd.DataFrame({"a": [1, 2]}, index=pd.Index([0, 1])),
    pd.DataFrame({"a": [1, 2]}, index=pd.Index([0, 1], name="i")),
    pd.DataFrame({"a": [1, 2]}, index=pd.MultiIndex.from_tuples([(0, "x"), (1, "y")])),
    pd.DataFrame({"a": [1, 2]}, index=pd.date_range("2020", periods=2)),
    pd.DataFrame({"a": [1.0, 2.0]}),
    pd.DataFrame({"a": [2, 1]}),
    pd.DataFrame({"b": [1, 2]}),
    pd.DataFrame({"a": [1, 2], "b": [3, 4]}),
    pd.DataFrame({"b": [3, 4], "a": [1, 2]}),
    pd.DataFrame([[1, 2]], columns=["a", "a"]),
    pd.DataFrame([[1, 2]], columns=[0, 1]),
    with_attrs(pd.DataFrame({"a": [1, 2]}), unit="m"),
    with_attrs(pd.DataFrame({"a": [1, 2]}), unit=("m",)),
    pd.DataFrame({"a": [1, 2]}, dtype="Int64"),
    pd.DataFrame({"a": [1, None]}, dtype="Int64"),
    pd.DataFrame({"a": [1.0, None]}),
    pd.DataFrame({"a": [0.0]}),
    pd.DataFrame({"a": [-0.0]}),
    pd.DataFrame({"a": [None]}, dtype=object),
    pd.DataFrame({"a": [np.nan]}, dtype=object),
    pd.DataFrame({"a": [pd.NA]}, dtype=object),
    pd.DataFrame({"a": [pd.NaT]}, dtype=object),
    pd.DataFrame({"a": [1, "1", 1.0, b"1", (1,), [1], Decimal(1)]}),
    pd.DataFrame({"a": ["x", None]}),
    pd.DataFrame({"a": ["x", None]}, dtype=object),
    pd.DataFrame({"a": ["x", ""]}),
    pd.DataFrame({"a": ["xy", ""]}),
    pd.DataFrame({"a": pd.Categorical(["x", "y"])}),
    pd.DataFrame({"a": pd.Categorical(["x", "y"], ordered=True)}),
    pd.DataFrame({"a": pd.Categorical(["x", "y"], categories=["y", "x"])}),
    pd.DataFrame({"a": pd.Categorical(["x", None])}),
    pd.DataFrame({"a": pd.to_datetime(["2020-01-01", None])}),
    pd.DataFrame({"a": pd.to_datetime(["2020-01-01", None]).tz_localize("UTC")}),
    pd.DataFrame({"a": pd.to_datetime(["2020-01-01", None]).tz_localize("Europe/Paris")}),
    pd.DataFrame({"a": pd.to_timedelta([1, 2], unit="s")}),
    pd.DataFrame({"a": pd.period_range("2020", periods=2, freq="M")}),
    pd.DataFrame({"a": pd.interval_range(0, 2)}),
    pd.DataFrame({"a": pd.interval_range(0, 2, closed="left")}),
    pd.DataFrame({"a": [True, False]}),
    pd.DataFrame({"a": [True, None]}, dtype="boolean"),
    pd.DataFrame({"a": [dt.date(2020, 1, 1)]}),
    pd.Series([1, 2]),
    pd.Series([1, 2], name="a"),
    pd.Series([1.5], dtype="float32"),
    pd.Series([1, None], dtype="Float64"),
    pd.Index([1, 2]),
    pd.RangeIndex(2),
    pd.Index(["a"]),
    pd.Timestamp("2020"),
    pd.Timestamp("2020", tz="UTC"),
    pd.Timedelta(1),
    pd.Period("2020"),
    pd.Interval(0, 1),
    pd.NA,
    pd.NaT,
    None,
]


def digest(value: object) -> str:
    return content_hash(value, lambda _: None)


def test_different_values_have_different_hashes() -> None:
    hashes = [digest(value) for value in DISTINCT]
    same = [(one, other) for one in range(len(hashes)) for other in range(one) if hashes[one] == hashes[other]]
    assert [(DISTINCT[one], DISTINCT[other]) for one, other in same] == []


def test_a_copy_has_the_same_hash() -> None:
    for value in DISTINCT:
        if isinstance(value, pd.DataFrame | pd.Series | pd.Index):
            assert digest(value.copy(deep=True)) == digest(value)
    frame = pd.DataFrame({"a": [1, 2, 3], "b": ["x", "y", None]})
    assert digest(pd.concat([frame[:1], frame[1:]])) == digest(frame.set_index(pd.Index([0, 1, 2])))
    assert digest(frame[frame["a"] > 1].reset_index(drop=True)) == digest(frame[1:].reset_index(drop=True))


class Custom(pd.DataFrame):  # type: ignore[misc]
    pass


@pytest.mark.parametrize(
    "value",
    [Custom({"a": [1]}), pd.DataFrame({"a": [object()]}), pd.DataFrame({"a": pd.arrays.SparseArray([0, 1])})],
    ids=["subclass", "objects", "sparse"],
)
def test_other_values_have_no_hash(value: object) -> None:
    with pytest.raises(UnhashableError):
        digest(value)


@pytest.mark.native  # needs SQLite and pyarrow
@pytest.mark.parametrize("number", range(len(DISTINCT)))
def test_a_stored_value_is_loaded_exactly(number: int, tmp_path: Path) -> None:
    from headwater.caching.disk import DiskStore
    from headwater.caching.settings import CacheSettings
    from headwater.caching.store import Trace
    from headwater.graph.node import Node

    value, node = DISTINCT[number], Node(name="value", type=object, function=int)
    store = DiskStore(CacheSettings(str(tmp_path)))
    version = store.record(node, Trace("code", ()), value)
    loaded = store.load(node, version)
    assert type(loaded) is type(value)
    assert digest(loaded) == digest(value)
    if isinstance(value, pd.DataFrame):
        pd.testing.assert_frame_equal(loaded, value, check_freq=True)


@pytest.mark.native  # needs SQLite and pyarrow
def test_plain_frames_are_stored_as_parquet(tmp_path: Path) -> None:
    from headwater.caching.disk import DiskStore
    from headwater.caching.settings import CacheSettings
    from headwater.graph.node import Node

    store = DiskStore(CacheSettings(str(tmp_path)))
    node = Node(name="value", type=object, function=int)
    plain, other = pd.DataFrame({"a": [1], "b": ["x"]}), pd.DataFrame([[1, 2]], columns=["a", "a"])
    assert str(store.store(node, b"1", "code", plain, {}).format).endswith("parquet")
    assert store.store(node, b"2", "code", other, {}).format == "pickle"
