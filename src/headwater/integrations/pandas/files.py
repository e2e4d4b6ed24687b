"""pandas values as CSV files, and the code that reads the same values back."""

from __future__ import annotations

from typing import Any

import pandas as pd

from headwater.literals.code import BracketGroup, LabeledPiece, Piece, call, text_code
from headwater.literals.errors import NoFileFormat, TooLarge
from headwater.literals.limits import MAX_EXPORTED_VALUES
from headwater.literals.literals import Literals


def frame_file(frame: Any, literals: Literals) -> Piece:
    """Store a frame as CSV. Return the expression that reads it back.

    Raises:
        NotWritable: if the frame is too large.
        NoFileFormat: if reading the file would return a different frame.
    """
    return _file(frame, frame, literals, "")


def series_file(series: Any, literals: Literals) -> Piece:
    """Store a series as CSV, like `frame_file`."""
    label = "value" if series.name is None else series.name
    if not isinstance(label, str):
        raise NoFileFormat("its name is not a string")
    after = f"[{text_code(label)}]" + (".rename(None)" if series.name is None else "")
    return _file(series, series.to_frame(label), literals, after)


def require_same(restored: Any, value: Any) -> None:
    """Require that a frame, series or index has the same values, types, labels and date frequency as another.

    Raises:
        AssertionError: if they differ.
    """
    if isinstance(value, pd.Index):
        pd.testing.assert_index_equal(restored, value)
        _require_same_objects(restored, value)
        if getattr(restored, "freq", None) != getattr(value, "freq", None):
            raise AssertionError("the frequencies differ")
        return
    compare: Any = pd.testing.assert_series_equal if isinstance(value, pd.Series) else pd.testing.assert_frame_equal
    compare(restored, value, check_exact=True)
    if restored.attrs != value.attrs:
        raise AssertionError("the attributes differ")
    table: Any = value
    columns: list[tuple[Any, Any]] = [(restored, table)]
    if table.ndim > 1:
        columns = [(restored.iloc[:, at], table.iloc[:, at]) for at in range(table.shape[1])]
    for left, right in [*columns, (restored.index, value.index)]:
        _require_same_objects(left, right)


def _require_same_objects(restored: Any, value: Any) -> None:
    """Require Python objects of the same type in two columns. pandas considers None equal to NaN, and 1 equal to True."""
    if value.dtype != object:
        return
    for left, right in zip(restored, value, strict=True):
        if type(left) is not type(right) or repr(left) != repr(right):
            raise AssertionError(f"{left!r} instead of {right!r}")


def _file(value: Any, table: Any, literals: Literals, after: str) -> Piece:
    if value.size > MAX_EXPORTED_VALUES:
        shape = " x ".join(f"{length:,}" for length in value.shape)
        message = (
            f"it is a {type(value).__name__} of {shape} values, but an exported file holds at most {MAX_EXPORTED_VALUES:,}"
        )
        raise TooLarge(message)
    if type(value) not in (pd.DataFrame, pd.Series):
        raise NoFileFormat(f"CSV cannot represent a {type(value).__name__}")
    index = table.index
    if index.nlevels > 1 or not all(isinstance(name, str) for name in table.columns):
        raise NoFileFormat("CSV cannot represent its labels")
    path = literals.text_file("csv", table.to_csv())
    tail = f"{_frequency(index)}{after}"
    for explicit, exact in ((False, False), (False, True), (True, True)):
        read = _reading(table, path, tail, literals, explicit=explicit, exact=exact)
        if _restores(read, value, literals):
            return read
    raise NoFileFormat(f"the {type(value).__name__} read back from CSV differs")


def _restores(read: Piece, value: Any, literals: Literals) -> bool:
    try:
        require_same(literals.evaluate(read), value)
    except Exception:  # noqa: BLE001 - pandas can raise any exception
        return False
    return True


def _reading(table: Any, path: Piece, tail: str, literals: Literals, *, explicit: bool, exact: bool) -> BracketGroup:
    """Return the expression that reads a table.

    Args:
        table: the table.
        path: the expression for the file's path.
        tail: code to append after the call.
        literals: collects imports.
        explicit: True to specify the dtypes, because pandas would infer different ones.
        exact: True to read floats exactly.
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
    """Return code that restores the time unit of dates. pandas parses dates with a default unit."""
    units = ", ".join(f"{text_code(name)}: {text_code(str(table[name].dtype))}" for name in moments)
    return f".astype({{{units}}})" if units else ""


def _names_of_columns(table: Any) -> str:
    return "" if table.columns.name is None else f".rename_axis(columns={text_code(str(table.columns.name))})"


def _frequency(index: Any) -> str:
    return f".asfreq({text_code(index.freqstr)})" if getattr(index, "freq", None) is not None else ""
