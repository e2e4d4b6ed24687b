"""polars values written as code or JSON and read again, and generated checks of such values."""

from __future__ import annotations

import datetime as dt
import decimal
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.errors import NotWritable
from headwater.export.checks import check_lines
from headwater.export.data_files import DataFiles
from headwater.literals.code import in_one_line
from headwater.literals.literals import Literals

pl = pytest.importorskip("polars")
testing = pytest.importorskip("polars.testing")

pytestmark = pytest.mark.native  # the browser has no polars

COLUMNS: dict[str, Any] = {
    "int": [1, None, 3],
    "small": pl.Series([1, 2, 255], dtype=pl.UInt8),
    "float": [0.1 + 0.2, float("nan"), None],
    "float32": pl.Series([1.5, float("inf"), None], dtype=pl.Float32),
    "text": ["", None, "NA"],
    "flag": [True, None, False],
    "bytes": [b"a", None, b"\xff"],
    "date": [dt.date(2026, 1, 1), None, dt.date(1, 1, 1)],
    "moment": [dt.datetime.fromisoformat("2026-01-01"), None, dt.datetime.fromisoformat("2026-01-01T00:00:00.000001")],
    "nanoseconds": pl.Series([1, 2, None]).cast(pl.Datetime("ns")),
    "zone": pl.Series([0, None, 2**50]).cast(pl.Datetime("us", "Europe/Berlin")),
    "time": [dt.time(1, 2, 3, 4), None, dt.time(0)],
    "span": [dt.timedelta(1), None, dt.timedelta(-1)],
    "decimal": pl.Series([decimal.Decimal("1.10"), None, decimal.Decimal(2)], dtype=pl.Decimal(10, 2)),
    "category": pl.Series(["a", "b", None], dtype=pl.Categorical),
    "choice": pl.Series(["a", "b", None], dtype=pl.Enum(["b", "a"])),
    "list": [[1], [], None],
    "array": pl.Series([[[1, 2]], None, [[3, 4]]], dtype=pl.Array(pl.Array(pl.Int8, 2), 1)),
    "struct": [{"x": 1, "y": [1.5]}, None, {"x": None, "y": None}],
    "null": [None, None, None],
}


def executed(files: DataFiles, literals: Literals, line: str, **names: Any) -> dict[str, Any]:
    values = json.loads(files.texts["values.json"]) if files.texts else {}
    bound: dict[str, Any] = {"VALUES": values, **names}
    exec("\n".join([*literals.imports.values(), line]), bound)  # noqa: S102
    return bound


def again(value: Any) -> tuple[Any, set[str]]:
    files = DataFiles("data")
    literals = Literals(files)
    piece = literals.piece(value, "value")
    return executed(files, literals, f"again = {in_one_line(piece)}")["again"], set(files.texts)


def passes(expected: Any, actual: Any) -> bool:
    files = DataFiles("data")
    literals = Literals(files)
    lines = check_lines("result", expected, literals)
    try:
        executed(files, literals, "\n".join(lines), result=actual)
    except AssertionError:
        return False
    return True


@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.parametrize("times", [1, 350])
def test_a_column_is_restored_from_code_and_from_json(name, times):
    series = pl.concat([pl.Series(name, COLUMNS[name])] * times)
    read, files = again(series)
    assert files == (set() if times == 1 else {"values.json"})
    testing.assert_series_equal(read, series, check_exact=True)
    assert read.dtype == series.dtype
    assert passes(series, series.clone())
    assert not passes(series, series[:-1])
    assert not passes(series, series.rename("other"))
    if name != "null":
        assert not passes(series, pl.concat([series[:-1], pl.Series(name, [None], dtype=series.dtype), series[:0]])[1:])


@pytest.mark.parametrize("times", [1, 350])
def test_a_frame_is_restored_from_code_and_from_json(times):
    frame = pl.concat([pl.DataFrame(COLUMNS)] * times)
    read, files = again(frame)
    assert files == (set() if times == 1 else {"values.json"})
    testing.assert_frame_equal(read, frame, check_exact=True)
    assert passes(frame, frame.clone())
    assert not passes(frame, frame.select(reversed(frame.columns)))
    assert not passes(frame, frame.head(-1))
    lazy, _ = again(frame.lazy())
    testing.assert_frame_equal(lazy, frame.lazy(), check_exact=True)
    assert passes(frame.lazy(), frame.lazy())
    assert not passes(frame.lazy(), frame)


@settings(max_examples=settings.default.max_examples // 2)
@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=3),
        st.one_of(
            st.lists(st.none() | st.integers(-(2**63), 2**63 - 1), min_size=2, max_size=2),
            st.lists(st.none() | st.floats(), min_size=2, max_size=2),
            st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=3), min_size=2, max_size=2),
            st.lists(st.none() | st.datetimes(), min_size=2, max_size=2),
            st.lists(st.none() | st.dates(), min_size=2, max_size=2),
            st.lists(st.none() | st.lists(st.booleans(), max_size=2), min_size=2, max_size=2),
        ),
        max_size=3,
    )
)
def test_any_frame_is_restored(columns):
    frame = pl.DataFrame(columns)
    read, _ = again(frame)
    testing.assert_frame_equal(read, frame, check_exact=True)
    if frame.width:
        long = pl.concat([frame] * 501)
        testing.assert_frame_equal(again(long)[0], long, check_exact=True)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (pl.Series("a", [object()], dtype=pl.Object), "it has a column of polars type Object, which cannot be written as code"),
        (
            pl.DataFrame({"a": range(200_001)}),
            "it is a DataFrame of 200,001 x 1 values, but an exported file holds at most 200,000",
        ),
    ],
    ids=["objects", "too large"],
)
def test_a_value_that_cannot_be_written_is_refused(value, reason):
    with pytest.raises(NotWritable) as refused:
        again(value)
    assert refused.value.message == reason
