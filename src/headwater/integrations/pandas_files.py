"""pandas values as CSV files, and the code that reads each back as it was."""

from __future__ import annotations

import io
from typing import Any, Final

import pandas as pd

from headwater.errors import NotWritable
from headwater.takehome.code import Group, Labelled, Piece, call, in_one_line, text_code
from headwater.takehome.literals import Literals

MOST: Final = 200_000
"""Values of a table that a project holds."""


def frame_file(frame: Any, path: Piece, literals: Literals) -> tuple[str, Piece]:
    """A frame as CSV, and the expression that reads it back from `path`.

    Raises:
        NotWritable: it is too large, or what comes back would differ.
    """
    return _file(frame, frame, path, literals, "")


def series_file(series: Any, path: Piece, literals: Literals) -> tuple[str, Piece]:
    """A series as CSV, as `frame_file`."""
    label = "value" if series.name is None else series.name
    if not isinstance(label, str):
        raise NotWritable("its name is no text")
    after = f"[{text_code(label)}]" + (".rename(None)" if series.name is None else "")
    return _file(series, series.to_frame(label), path, literals, after)


def _file(value: Any, table: Any, path: Piece, literals: Literals, after: str) -> tuple[str, Piece]:
    if value.size > MOST:
        raise NotWritable(f"it holds {value.size:,} values, and a project holds tables of up to {MOST:,}")
    index = table.index
    if index.nlevels > 1 or not all(isinstance(name, str) for name in table.columns):
        raise NotWritable("its labels are of a kind that CSV does not know")
    text: str = table.to_csv()
    tail = f"{_frequency(index)}{after}"
    for explicit in (False, True):
        read = _reading(table, path, tail, literals, explicit=explicit)
        again = _read(Group(read.opening, ("file", *read.items[1:]), read.closing), text)
        if again is not None and _is_close(again, value):
            return text, read
    raise NotWritable(f"its {type(value).__name__} does not come back from CSV as it was")


def _read(reading: Group, text: str) -> Any:
    try:
        return eval(in_one_line(reading), {"pd": pd, "file": io.StringIO(text)})  # noqa: S307 - code that was written here
    except Exception:  # noqa: BLE001 - pandas raises what it likes for what it cannot read
        return None


def _is_close(again: Any, value: Any) -> bool:
    compare: Any = pd.testing.assert_series_equal if isinstance(value, pd.Series) else pd.testing.assert_frame_equal
    try:
        compare(again, value, check_exact=False, rtol=1e-12, atol=0)
    except AssertionError:
        return False
    return True


def _reading(table: Any, path: Piece, tail: str, literals: Literals, *, explicit: bool) -> Group:
    """The expression that reads a table; `explicit` where pandas would guess other types than the table has."""
    columns: dict[str, Any] = dict(table.dtypes.items())
    moments = [name for name, dtype in columns.items() if getattr(dtype, "kind", "") == "M"]
    options: dict[str, Piece] = {"index_col": "0"}
    kinds = [Labelled(f"{text_code(name)}: ", text_code(str(dtype))) for name, dtype in columns.items() if name not in moments]
    if explicit and kinds:
        options["dtype"] = Group("{", tuple(kinds), "}")
    dates: list[Piece] = ["0"] if getattr(table.index.dtype, "kind", "") == "M" else []
    dates += [text_code(name) for name in moments]
    if dates:
        options["parse_dates"] = Group("[", tuple(dates), "]")
    read = call(f"{literals.module('pandas', 'pd')}.read_csv", path, **options)
    units = _units(table, moments) if explicit else ""
    return Group(read.opening, read.items, read.closing + units + _names_of_columns(table) + tail)


def _units(table: Any, moments: list[str]) -> str:
    """Pandas reads dates in a unit of its own."""
    units = ", ".join(f"{text_code(name)}: {text_code(str(table[name].dtype))}" for name in moments)
    return f".astype({{{units}}})" if units else ""


def _names_of_columns(table: Any) -> str:
    return "" if table.columns.name is None else f".rename_axis(columns={text_code(str(table.columns.name))})"


def _frequency(index: Any) -> str:
    return f".asfreq({text_code(index.freqstr)})" if getattr(index, "freq", None) is not None else ""
