"""Round trips of values as code and files. The code runs next to the real files, as in an exported project."""

from __future__ import annotations

import copy
import datetime as dt
import decimal
import math
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from hypothesis.extra import pandas as hpd
from pandas.testing import assert_frame_equal, assert_index_equal, assert_series_equal

from headwater.errors import NotWritable
from headwater.export.checks import check_lines
from headwater.export.data_files import DataFiles
from headwater.literals.code import in_one_line
from headwater.literals.literals import Literals

pytestmark = pytest.mark.interpreter

MODULE = "literals_round_trips"


class Kind(Enum):
    NEW = "new"
    USED = "used"


@dataclass(frozen=True)
class Price:
    amount: decimal.Decimal
    kind: Kind


class Point(NamedTuple):
    x: float
    y: float | None


@dataclass
class Report:
    title: str
    table: Any


for _cls in (Kind, Price, Point, Report):
    _cls.__module__ = MODULE


@pytest.fixture(scope="module", autouse=True)
def importable():
    """Provide the classes in a module that the generated code imports."""
    module = ModuleType(MODULE)
    vars(module).update(Kind=Kind, Price=Price, Point=Point, Report=Report)
    sys.modules[MODULE] = module
    yield
    del sys.modules[MODULE]


def executed(literals: Literals, files: DataFiles, lines: list[str], **names: Any) -> dict[str, Any]:
    """Run lines of code in a folder with their data files. Return the variables."""
    program = "\n".join([*literals.imports.values(), *files.imports().values(), *files.head(), *lines])
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "data").mkdir()
        for name, text in files.texts.items():
            Path(folder, "data", name).write_text(text, encoding="utf-8")
        bound: dict[str, Any] = {"__file__": str(Path(folder, "test_it.py")), **names}
        exec(program, bound)  # noqa: S102
    return bound


def round_trip(value: Any) -> tuple[Any, set[str]]:
    """Return the restored value and the names of its files."""
    files = DataFiles("data")
    literals = Literals(files)
    piece = literals.piece(value, "value")
    return executed(literals, files, [f"restored = {in_one_line(piece)}"])["restored"], set(files.texts)


def from_file(value: Any) -> Any:
    """Return a value restored from a file, even if the value is short enough to be written as code."""
    files = DataFiles("data")
    literals = Literals(files)
    piece = literals.file_piece(value, "value")
    assert files.texts
    return executed(literals, files, [f"restored = {in_one_line(piece)}"])["restored"]


def passes(expected: Any, actual: Any) -> bool:
    """Return True if the check generated for `expected` passes for `actual`."""
    return check_of(expected)(actual)


def check_of(expected: Any) -> Callable[[Any], bool]:
    """Return a function that returns whether the check generated for `expected` passes for another value."""
    files = DataFiles("data")
    literals = Literals(files)
    lines = check_lines("result", expected, literals)
    return lambda actual: runs_for(actual, literals, files, lines)


def runs_for(actual: Any, literals: Literals, files: DataFiles, lines: list[str]) -> bool:
    try:
        executed(literals, files, lines, result=actual)
    except (AssertionError, KeyError, AttributeError):
        return False
    return True


# --- Python's own values ------------------------------------------------------------------------------------------------


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
    st.binary(max_size=5),
    st.complex_numbers(),
    st.dates(),
    # ISO 8601 cannot represent a repeated hour, so a long list with one is refused.
    st.datetimes(timezones=st.sampled_from([None, dt.UTC, dt.timezone(dt.timedelta(hours=5, minutes=30))])).map(
        lambda moment: moment.replace(fold=0)
    ),
    st.times().map(lambda time: time.replace(fold=0)),
    st.timedeltas(),
    st.decimals(),
    st.fractions(),
    st.uuids(),
    st.sampled_from(Kind),
    st.builds(Point, st.floats(), st.none() | st.floats()),
    st.builds(Price, st.decimals(allow_nan=False), st.sampled_from(Kind)),
)
KEYS = st.one_of(st.text(st.characters(exclude_categories=["Cs"]), max_size=3), st.integers(), st.dates())
NESTED = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(KEYS, inner, max_size=4),
        st.frozensets(KEYS, max_size=4),
        st.sets(KEYS, max_size=4),
    ),
    max_leaves=12,
)


def exact(value: Any) -> Any:
    """Return a representation that is equal only for exactly equal values of the same types."""
    if isinstance(value, dict):
        return [(exact(key), exact(item)) for key, item in value.items()]
    if isinstance(value, (set, frozenset)):
        return type(value), sorted(repr(item) for item in value)
    if isinstance(value, (list, tuple)):
        return type(value), [exact(item) for item in value]
    return type(value), repr(value)


@given(NESTED)
def test_any_nested_value_is_restored_from_code(value):
    assert exact(round_trip(value)[0]) == exact(value)


@given(NESTED)
def test_a_json_value_is_restored_from_json(value):
    try:
        read = from_file(value)
    except NotWritable:
        return
    assert exact(read) == exact(value)


@settings(max_examples=settings.default.max_examples // 4)
@given(NESTED)
def test_a_long_value_is_restored_from_code_or_files(value):
    many = [value] * 1_001
    read, _ = round_trip(many)
    assert exact(read) == exact(many)


@given(NESTED)
def test_a_check_passes_for_its_value(value):
    try:
        assert passes(value, copy.deepcopy(value))
    except NotWritable as error:
        pytest.fail(error.message)


LONG = {
    "ints": list(range(5_000)),
    "floats": [0.1 * number for number in range(5_000)],
    "NaN and None": [math.nan, None, math.inf, -math.inf, 0.1 + 0.2] * 500,
    "mixed plain values": [1, "a", None, True, 2.5] * 500,
    "text": 'it\'s a "long" one\n' * 5_000,
    "strings": ["é", "", "NA", "null", "\x00", "\u2028"] * 500,
    "bytes": b"\x00\xff" * 40_000,
    "dates": [dt.date(2026, 1, 1) + dt.timedelta(days) for days in range(2_000)],
    "timestamps": [dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=second) for second in range(2_000)],
    "decimals": [decimal.Decimal("1.10"), decimal.Decimal("-0.00")] * 1_000,
    "fractions": [Fraction(1, 3)] * 2_000,
    "UUIDs": [UUID(int=number) for number in range(2_000)],
    "complex": [1.5 - 2j] * 2_000,
    "pairs": [(1, "a"), (2, "b")] * 1_000,
    "tuples of any length": [(1,), (), (1, 2)] * 1_000,
    "rows": [{"id": 1, "price": decimal.Decimal("9.90"), "tags": ["a"]}] * 1_000,
    "records": [Price(decimal.Decimal("9.90"), Kind.NEW), Price(decimal.Decimal(1), Kind.USED)] * 1_000,
    "named tuples": [Point(1.5, None), Point(math.nan, 2.0)] * 1_000,
    "keyed by number": {number: number / 3 for number in range(2_000)},
    "keyed by date": {dt.date(2026, 1, 1) + dt.timedelta(days): days for days in range(2_000)},
    "keyed by pair": {(number, "a"): [number] for number in range(2_000)},
    "a set": set(range(2_000)),
    "a frozen set": frozenset(map(str, range(2_000))),
    "a tuple": tuple(range(2_000)),
    "a dictionary of lists": {"a": list(range(990)), "b": list(range(1_200)), "c$\0": [1.5] * 1_000},
    "numpy's floats": [np.float64(0.1), np.float64(0.2)] * 1_000,
    "numpy's integers": {"a": [np.int8(3)] * 1_100},
    "pandas' timestamps": [pd.Timestamp("2026-01-01 12:00:00.123456789"), None] * 1_000,
    "several types": [1, dt.date(2026, 1, 1), [2.5, None], decimal.Decimal("1.10"), {"a": dt.date(2026, 1, 1)}] * 500,
    "deep": [[[[[1.5]]]]] * 1_100,
}


@pytest.mark.parametrize("name", LONG)
def test_a_long_value_is_restored_from_a_file(name):
    value = LONG[name]
    read, files = round_trip(value)
    assert files == {"values.json"}
    assert exact(read) == exact(value)
    assert passes(value, copy.deepcopy(value))


@pytest.mark.portable
@pytest.mark.parametrize("name", [name for name in LONG if isinstance(LONG[name], list)])
def test_the_check_of_a_long_list_fails_for_another_last_item(name):
    value = LONG[name]
    check = check_of(value)
    assert check(value)
    assert not check([*value[:-1], "something else"])
    assert not check(value[:-1])


@pytest.mark.parametrize(
    ("value", "other"),
    [
        (decimal.Decimal("NaN"), decimal.Decimal(1)),
        (decimal.Decimal("sNaN"), decimal.Decimal("NaN")),
        (pd.NaT, None),
        (pd.NA, None),
        (np.datetime64("NaT", "s"), np.datetime64(0, "s")),
        (np.float64("nan"), np.float64(1)),
        (math.nan, None),
    ],
    ids=repr,
)
def test_a_value_that_is_not_equal_to_itself_is_checked(value, other):
    for around in (lambda inner: inner, lambda inner: [1, {"a": inner}], lambda inner: Report("title", inner)):
        assert passes(around(value), around(value))
        assert not passes(around(value), around(other))


def test_floats_of_a_long_result_are_compared_with_a_tolerance():
    value = {"a": [0.1 + 0.2] * 2_000}
    assert passes(value, {"a": [0.3] * 2_000})
    assert not passes(value, {"a": [0.31] * 2_000})


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (["a"] * 200_001, "it has more than 200,000 values, the limit for an exported file"),
        (
            "long" * 2_100_000,
            "`values.json` would have 8,400,002 characters, but the limit is 8,000,000",
        ),
        (
            np.zeros((500, 500)),
            "it is an array of 500 x 500 values, but an exported file holds at most 200,000",
        ),
        (
            pd.DataFrame({"a": range(200_001)}),
            "it is a DataFrame of 200,001 x 1 values, but an exported file holds at most 200,000",
        ),
        (
            pd.Series(range(200_001)),
            "it is a Series of 200,001 values, but an exported file holds at most 200,000",
        ),
        (
            [np.arange(5)] * 1_000,
            "it has more than 1,000 values, and JSON cannot represent ndarray: <ndarray 5>",
        ),
    ],
    ids=["a list", "a string", "an array", "a frame", "a series", "many arrays"],
)
def test_a_value_that_exceeds_a_limit_is_refused_with_the_limit(value, reason):
    with pytest.raises(NotWritable) as refused:
        round_trip(value)
    assert refused.value.message == reason


def test_a_time_zone_of_the_standard_library_is_restored():
    moment = dt.datetime(2026, 7, 1, tzinfo=ZoneInfo("Europe/Berlin"))
    read, _ = round_trip(moment)
    assert exact(read) == exact(moment)


def test_a_refused_value_leaves_nothing_in_the_files():
    files = DataFiles("data")
    literals = Literals(files)
    with pytest.raises(NotWritable):
        literals.piece({"a": pd.DataFrame({"b": range(5_000)}), "c": object()})
    assert files.texts == {}
    assert literals.imports == {}


# --- numpy ----------------------------------------------------------------------------------------------------------------


DTYPES = st.one_of(
    hnp.boolean_dtypes(),
    hnp.integer_dtypes(endianness="="),
    hnp.unsigned_integer_dtypes(endianness="="),
    hnp.floating_dtypes(endianness="=", sizes=(16, 32, 64)),
    hnp.complex_number_dtypes(endianness="=", sizes=(128,)),
    hnp.datetime64_dtypes(max_period="D", min_period="ns", endianness="="),
)
ARRAYS = DTYPES.flatmap(lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=1, min_side=0, max_side=5)))


def is_same_array(left: Any, right: Any) -> bool:
    np.testing.assert_array_equal(left, right, strict=True)
    return True


@given(ARRAYS)
def test_an_array_is_restored_and_its_check_passes(array):
    try:
        read, files = round_trip(array)
    except NotWritable:
        assert array.dtype.kind in "mM"  # dates that numpy cannot parse
        return
    assert files == set()
    assert is_same_array(read, array)
    assert passes(array, array.copy())


@pytest.mark.parametrize(
    "array",
    [
        np.linspace(0, 1, 5_000),
        np.linspace(0, 1, 5_000).astype("float32"),
        np.arange(5_000).reshape(50, 20, 5),
        np.array([np.nan, np.inf, -np.inf] * 1_000),
        np.arange(3_000) > 7,
        np.array(["a", "bc"] * 1_000),
        np.linspace(0, 1, 2_000) * (1.5 - 2j),
        np.arange(2_000).astype("datetime64[s]"),
        np.arange(2_000).astype("uint64") + 2**63,
    ],
    ids=lambda array: f"{array.dtype}-{array.shape}",
)
def test_a_long_array_is_restored_from_a_file(array):
    read, files = round_trip(array)
    assert files == {"values.json"}
    assert is_same_array(read, array)
    assert passes(array, array.copy())
    assert not passes(array, array[:-1])
    assert not passes(array, array.reshape(1, *array.shape))
    changed = array.copy()
    changed.flat[-1] = changed.flat[0] if array.dtype.kind != "b" else False
    assert not passes(array, changed)


@pytest.mark.parametrize("array", [np.array([object()]), np.array([{}] * 2_000), np.ma.array([1, 2], mask=[True, False])])
def test_an_array_of_objects_or_with_a_mask_is_refused(array):
    with pytest.raises(NotWritable):
        round_trip(array)


# --- pandas ---------------------------------------------------------------------------------------------------------------


COLUMNS = st.lists(
    st.one_of(
        st.builds(
            hpd.column,
            st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=5),
            dtype=st.sampled_from(
                ["int64", "int8", "uint64", "float64", "float32", "bool", "datetime64[ns]", "datetime64[us]"]
            ),
        ),
        st.builds(
            hpd.column,
            st.text(st.characters(categories=["L"]), max_size=5),
            elements=st.just(st.text(st.characters(exclude_categories=["Cs"]), max_size=4)),
        ),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda column: column.name,
)
FRAMES = COLUMNS.flatmap(lambda columns: hpd.data_frames(columns, index=hpd.range_indexes(max_size=6)))


def is_same_table(left: Any, right: Any) -> bool:
    compare: Any = assert_frame_equal if right.ndim == 2 else assert_series_equal
    compare(left, right, check_exact=True)
    return True


@settings(max_examples=settings.default.max_examples // 4)
@given(FRAMES)
def test_a_frame_is_restored_from_code_and_its_check_passes(frame):
    read, files = round_trip(frame)
    assert files == set()
    assert is_same_table(read, frame)
    assert passes(frame, frame.copy())


@settings(max_examples=settings.default.max_examples // 4)
@given(FRAMES)
def test_a_long_frame_is_restored_from_files(frame):
    if frame.empty:
        return
    long = pd.concat([frame] * 1_001, ignore_index=True)
    read, files = round_trip(long)
    assert files
    assert is_same_table(read, long)


DAYS = pd.date_range("2026-01-01", periods=400, freq="D", name="day")


def long_frame(**columns: Any) -> pd.DataFrame:
    """Return a frame of 400 rows that repeats the values of each column, with two more numeric columns."""
    return pd.DataFrame(
        {"number": np.linspace(0, 1, 400), "third": [1 / 3] * 400}
        | {name: pd.concat([pd.Series(values)] * 100, ignore_index=True) for name, values in columns.items()}
    )


TABLES = {
    "floats": long_frame(more=[0.1 + 0.2, None, 1e300, -0.0]),
    "a regular index": long_frame().set_index(DAYS),
    "an irregular index": long_frame().set_index(DAYS.delete(7).append(DAYS[:1])),
    "an index with a time zone": long_frame().set_index(DAYS.tz_localize("Europe/Berlin")),
    "a column with a time zone": long_frame(
        when=pd.to_datetime(["2026-03-28", "2026-03-29", None, "2026-07-01"]).tz_localize("Europe/Berlin")
    ),
    "nanoseconds": long_frame(
        when=pd.to_datetime(["2026-01-01 12:00:00.123456789", None, "2026-01-02 00:00:00.1", "2026-01-03 00:00:00.2"])
    ),
    "distant years": long_frame(
        when=pd.Series(np.array(["10000-01-01", "NaT", "-0044-03-15", "2026-01-01"], dtype="datetime64[us]"))
    ),
    "durations": long_frame(long=pd.to_timedelta(["1 day", None, "2h", "1ns"])),
    "periods": long_frame(month=pd.PeriodIndex(["2026-01", "2026-02", "NaT", "2026-04"], freq="M")),
    "categories": long_frame(kind=pd.Categorical(["a", "b", None, "a"], categories=["c", "b", "a"], ordered=True)).astype(
        {"kind": pd.CategoricalDtype(["c", "b", "a"], ordered=True)}
    ),
    "nullable": long_frame(
        maybe=pd.array([1, None, 2**60 + 1, -1], dtype="Int64"), flag=pd.array([True, None, False, True], dtype="boolean")
    ),
    "strings that look like other values": long_frame(
        text=["NA", "", "1", "2026-01-01"], more=["null", "NaN", "None", "a\r\nb,\"'"]
    ),
    "missing strings": long_frame(text=["a", None, "", "NA"]),
    "objects": long_frame(thing=pd.Series([1, "1", None, True], dtype=object)),
    "missing values of several kinds": long_frame(thing=pd.Series([None, math.nan, pd.NaT, pd.NA], dtype=object)),
    "dates and decimals": long_frame(
        day=pd.Series([dt.date(2026, 1, 1), None, dt.date(2026, 1, 2), dt.date(2026, 1, 3)], dtype=object),
        price=pd.Series([decimal.Decimal("1.10"), decimal.Decimal(2), None, decimal.Decimal(3)], dtype=object),
    ),
    "lists": long_frame(items=pd.Series([[1], [], [2, 3], [4]], dtype=object)),
    "small numbers": long_frame(small=[1, 2, 3, 4]).astype({"small": "int8", "number": "float32"}),
    "several levels": long_frame().set_index(
        pd.MultiIndex.from_product([range(100), ["a", "b", "c", "d"]], names=["number", None])
    ),
    "several levels of columns": long_frame().set_axis(pd.MultiIndex.from_tuples([("a", 1), ("a", 2)]), axis=1),
    "numbers as columns": long_frame().set_axis([2012, 2013], axis=1),
    "two columns with the same name": long_frame().set_axis(["a", "a"], axis=1),
    "named columns": long_frame().rename_axis(columns="kind"),
    "an index of strings": long_frame().set_index(pd.Index([f"0{number}" for number in range(400)], name="id")),
    "a series": long_frame(more=[1, 2, 3, 4]).set_index(DAYS)["number"].repeat(3),
    "a series without a name": pd.Series(np.linspace(0, 1, 3_000)),
    "a series with a number as its name": pd.Series(np.linspace(0, 1, 3_000), name=2026),
    "an index": pd.Index(range(0, 9_000, 3)).append(pd.Index([5])),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_long_table_is_restored_from_files(name):
    table = TABLES[name]
    read, files = round_trip(table)
    assert files
    if isinstance(table, pd.Index):
        assert_index_equal(read, table, exact=True)
        return
    assert is_same_table(read, table)
    assert getattr(read.index, "freq", None) == getattr(table.index, "freq", None)
    if table.ndim == 2:
        for at in range(table.shape[1]):
            if table.dtypes.iloc[at].kind == "O":
                assert exact(list(read.iloc[:, at])) == exact(list(table.iloc[:, at]))
    assert passes(table, table.copy())
    assert not passes(table, table.iloc[:-1])
    assert not passes(table, table.iloc[::-1])
    changed = table.copy()
    changed.iloc[-1] = table.iloc[0] if table.ndim == 1 else table.iloc[1].to_numpy()
    assert not passes(table, changed)


@pytest.mark.parametrize(
    "table",
    [
        pd.DataFrame({"a": [object()] * 600, "b": 1}),
        pd.DataFrame({"a": [1.0] * 600, "b": 1}).astype(object).assign(c=[print] * 600),
        type("Special", (pd.DataFrame,), {})({"a": range(2_000)}),
    ],
    ids=["objects", "functions", "a subclass"],
)
def test_a_table_that_would_lose_data_is_refused(table):
    with pytest.raises(NotWritable):
        round_trip(table)


def test_a_table_with_attributes_is_refused():
    frame = long_frame()
    frame.attrs["source"] = "a sensor"
    with pytest.raises(NotWritable):
        round_trip(pd.concat([frame] * 2))


# --- containers of tables ---------------------------------------------------------------------------------------------


CONTAINERS = {
    "a dictionary": ({"train": TABLES["floats"], "rows": 3}, {"value.csv"}),
    "a tuple": ((TABLES["floats"], TABLES["a series"]), {"value.csv", "value_2.csv"}),
    "a list of arrays": ([np.zeros(2_000), np.ones(3)], {"values.json"}),
    "a dataclass": (Report("title", TABLES["nullable"]), None),
    "nested": ({"a": [{"b": TABLES["categories"]}], "c": list(range(2_000))}, None),
    "short": ({"a": pd.Series([1.5]), 2: np.array([1]), "c": [0.1, None]}, set()),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_container_of_tables_is_written_and_compared_part_by_part(name):
    value, expected = CONTAINERS[name]
    read, files = round_trip(value)
    assert expected is None or files == expected
    assert passes(value, copy.deepcopy(value))
    assert passes(value, read)


@pytest.mark.parametrize(
    "other",
    [
        {"a": pd.Series([1.6]), "b": [1]},
        {"a": pd.Series([1.5]), "b": [2]},
        {"a": pd.Series([1.5])},
        {"b": [1], "a": pd.Series([1.5])},
        {"a": pd.Series([1.5]), "b": [1], "c": 1},
        {"a": pd.Series([1.5]), "b": (1,)},
    ],
)
def test_the_check_of_a_container_of_tables_fails_for_another_one(other):
    assert not passes({"a": pd.Series([1.5]), "b": [1]}, other)


def test_the_check_of_a_dataclass_of_tables_fails_for_another_class():
    assert not passes(Report("a", pd.Series([1])), Point(1.0, 2.0))
    assert not passes(Report("a", pd.Series([1])), Report("b", pd.Series([1])))
