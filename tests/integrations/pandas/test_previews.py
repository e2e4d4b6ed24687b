"""Previews of pandas frames, columns and scalars."""

from __future__ import annotations

from typing import Any

import pytest

from headwater.previews import preview

np = pytest.importorskip("numpy")


pd = pytest.importorskip("pandas")


def columns(value: Any) -> list[tuple[str, str]]:
    shown = preview(value)
    assert shown["kind"] == "table"
    return [(column["name"], column["dtype"]) for column in shown["columns"]]


def rows(value: Any) -> list[list[str]]:
    shown = preview(value)
    assert shown["kind"] == "table"
    return shown["rows"]


def test_a_frame_shows_its_index_its_dtypes_and_its_cells_as_pandas_prints_them() -> None:
    frame = pd.DataFrame(
        {"mm": [0.5, 10.25, None], "day": pd.to_datetime(["2012-01-01", "2012-01-02", None])},
        index=pd.Index(["a", "b", "c"], name="key", dtype=object),
    )
    dtype = str(frame["day"].dtype)
    assert preview(frame) == {
        "kind": "table",
        "type": "DataFrame",
        "columns": [
            {"name": "key", "dtype": "object"},
            {"name": "mm", "dtype": "float64"},
            {"name": "day", "dtype": dtype},
        ],
        "indexes": 1,
        "rows": [["a", "0.50", "2012-01-01"], ["b", "10.25", "2012-01-02"], ["c", "NaN", "NaT"]],
        "shape": [3, 2],
    }


def test_a_large_frame_shows_its_head_and_shape() -> None:
    shown = preview(pd.DataFrame(np.zeros((200, 60))))
    assert shown["kind"] == "table"
    assert (len(shown["rows"]), len(shown["columns"]), shown["shape"]) == (50, 31, [200, 60])


def test_a_series_is_a_table_of_one_column() -> None:
    shown = preview(pd.Series([1, 2], name="n"))
    assert shown["kind"] == "table"
    assert (shown["type"], shown["indexes"], shown["shape"]) == ("Series", 1, [2, 1])
    assert shown["rows"] == [["0", "1"], ["1", "2"]]


def test_columns_of_one_name_and_indexes_of_several_levels_are_shown() -> None:
    index = pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["k", None])
    frame = pd.DataFrame([[1, 2], [3, 4]], columns=["x", "x"], index=index)
    assert [name for name, _ in columns(frame)] == ["k", "", "x", "x"]
    assert rows(frame) == [["a", "1", "1", "2"], ["b", "2", "3", "4"]]
    wide = pd.DataFrame([[1]], columns=pd.MultiIndex.from_tuples([("rain", "mm")]))
    assert [name for name, _ in columns(wide)] == ["", "rain / mm"]


@pytest.mark.parametrize(
    "frame",
    [pd.DataFrame(), pd.DataFrame(columns=["a"]), pd.DataFrame(index=[1, 2]), pd.Series([], dtype=float)],
    ids=["nothing", "columns only", "rows only", "an empty series"],
)
def test_an_empty_value_is_a_table(frame: Any) -> None:
    assert preview(frame)["kind"] == "table"
    assert len(rows(frame)) == len(frame)


def test_cells_are_cut_and_never_break_a_row() -> None:
    class Rude:
        def __repr__(self) -> str:
            raise ValueError

    frame = pd.DataFrame({"text": ["x" * 500, "two\nlines"], "object": [Rude(), [1, 2]]})
    first, second = rows(frame)
    assert len(first[1]) <= 120
    assert first[2] == "<Rude that cannot be printed: ValueError>"
    assert second[1:] == [r"two\nlines", "[1, 2]"]


def test_a_subclass_of_a_frame_is_shown_as_one_under_its_own_name() -> None:
    class Weather(pd.DataFrame):  # type: ignore[misc]
        pass

    shown = preview(Weather({"a": [1]}))
    assert (shown["kind"], shown["type"]) == ("table", "Weather")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.array(3), "3"),
        (pd.Timestamp("2012-01-02"), "2012-01-02 00:00:00"),
        (pd.NaT, "NaT"),
        (pd.NA, "<NA>"),
        (np.float32(0.1), "0.1"),
    ],
)
def test_scalars_of_libraries_are_scalars(value: Any, text: str) -> None:
    shown = preview(value)
    assert shown["kind"] == "scalar"
    assert shown["text"] == text


def test_an_index_is_a_table() -> None:
    assert rows(pd.Index([3, 4])) == [["3"], ["4"]]


def test_a_frame_inside_a_container_is_named_by_its_shape() -> None:
    shown = preview({"frame": pd.DataFrame({"a": [1]})})
    assert shown["kind"] == "tree"
    assert shown["text"] == '{"frame": "DataFrame 1 x 1"}'
