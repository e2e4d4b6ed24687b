"""pandas values as CSV files, and the code that reads each back as it was."""

from __future__ import annotations

from typing import Any

import pandas as pd

from headwater.literals.code import BracketGroup, LabeledPiece, Piece, call, text_code
from headwater.literals.errors import NoFileFormat, TooLarge
from headwater.literals.limits import MOST_EXPORTED_VALUES
from headwater.literals.literals import Literals


def frame_file(frame: Any, literals: Literals) -> Piece:
    """Store a frame as CSV; returns the expression that reads it back.

    Raises:
        NotWritable: it is too large.
        NoFileFormat: what comes back would differ.
    """
    return _file(frame, frame, literals, "")


def series_file(series: Any, literals: Literals) -> Piece:
    """Store a series as CSV, as `frame_file`."""
    label = "value" if series.name is None else series.name
    if not isinstance(label, str):
        raise NoFileFormat("its name is no text")
    after = f"[{text_code(label)}]" + (".rename(None)" if series.name is None else "")
    return _file(series, series.to_frame(label), literals, after)


def require_same(again: Any, value: Any) -> None:
    """Refuse what differs from a frame, a series or an index in a value, a type, a label, or the frequency of its dates.

    Raises:
        AssertionError: it differs.
    """
    if isinstance(value, pd.Index):
        pd.testing.assert_index_equal(again, value)
        _require_same_objects(again, value)
        if getattr(again, "freq", None) != getattr(value, "freq", None):
            raise AssertionError("the frequency")
        return
    compare: Any = pd.testing.assert_series_equal if isinstance(value, pd.Series) else pd.testing.assert_frame_equal
    compare(again, value, check_exact=True)
    if again.attrs != value.attrs:
        raise AssertionError("the attributes")
    table: Any = value
    columns: list[tuple[Any, Any]] = [(again, table)]
    if table.ndim > 1:
        columns = [(again.iloc[:, at], table.iloc[:, at]) for at in range(table.shape[1])]
    for mine, theirs in [*columns, (again.index, value.index)]:
        _require_same_objects(mine, theirs)


def _require_same_objects(again: Any, value: Any) -> None:
    """Python's own objects in a column: pandas takes None for NaN, and 1 for True."""
    if value.dtype != object:
        return
    for one, other in zip(again, value, strict=True):
        if type(one) is not type(other) or repr(one) != repr(other):
            raise AssertionError(f"{one!r} instead of {other!r}")


def _file(value: Any, table: Any, literals: Literals, after: str) -> Piece:
    if value.size > MOST_EXPORTED_VALUES:
        shape = " x ".join(f"{length:,}" for length in value.shape)
        message = (
            f"it is a {type(value).__name__} of {shape} values, and an exported file holds at most {MOST_EXPORTED_VALUES:,}"
        )
        raise TooLarge(message)
    if type(value) not in (pd.DataFrame, pd.Series):
        raise NoFileFormat(f"CSV does not know a {type(value).__name__}")
    index = table.index
    if index.nlevels > 1 or not all(isinstance(name, str) for name in table.columns):
        raise NoFileFormat("its labels are of a kind that CSV does not know")
    path = literals.text_file("csv", table.to_csv())
    tail = f"{_frequency(index)}{after}"
    for explicit, exact in ((False, False), (False, True), (True, True)):
        read = _reading(table, path, tail, literals, explicit=explicit, exact=exact)
        if _is_read(read, value, literals):
            return read
    raise NoFileFormat(f"its {type(value).__name__} does not come back from CSV as it was")


def _is_read(read: Piece, value: Any, literals: Literals) -> bool:
    try:
        require_same(literals.evaluate(read), value)
    except Exception:  # noqa: BLE001 - pandas raises what it likes for what it cannot read
        return False
    return True


def _reading(table: Any, path: Piece, tail: str, literals: Literals, *, explicit: bool, exact: bool) -> BracketGroup:
    """The expression that reads a table.

    Args:
        table: the table.
        path: the expression for the file's path.
        tail: what is done with the table that was read.
        literals: collects what is imported.
        explicit: names the types, where pandas would guess others.
        exact: reads floats to the last bit.
    """
    columns: dict[str, Any] = dict(table.dtypes.items())
    moments = [name for name, dtype in columns.items() if getattr(dtype, "kind", "") == "M"]
    options: dict[str, Piece] = {"index_col": "0"}
    kinds = [
        LabeledPiece(f"{text_code(name)}: ", text_code(str(dtype))) for name, dtype in columns.items() if name not in moments
    ]
    if explicit and kinds:
        options["dtype"] = BracketGroup("{", tuple(kinds), "}")
    dates: list[Piece] = ["0"] if getattr(table.index.dtype, "kind", "") == "M" else []
    dates += [text_code(name) for name in moments]
    if dates:
        options["parse_dates"] = BracketGroup("[", tuple(dates), "]")
    if exact:
        options["float_precision"] = '"round_trip"'
    read = call(f"{literals.module('pandas', 'pd')}.read_csv", path, **options)
    units = _units(table, moments) if explicit else ""
    return BracketGroup(read.opening, read.items, read.closing + units + _names_of_columns(table) + tail)


def _units(table: Any, moments: list[str]) -> str:
    """Pandas reads dates in a unit of its own."""
    units = ", ".join(f"{text_code(name)}: {text_code(str(table[name].dtype))}" for name in moments)
    return f".astype({{{units}}})" if units else ""


def _names_of_columns(table: Any) -> str:
    return "" if table.columns.name is None else f".rename_axis(columns={text_code(str(table.columns.name))})"


def _frequency(index: Any) -> str:
    return f".asfreq({text_code(index.freqstr)})" if getattr(index, "freq", None) is not None else ""
