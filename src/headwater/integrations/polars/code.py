"""polars values as code, and the assertions that a test makes about them.

Before generated code is returned, polars' own assertions compare its result with the value. Columns that are too
long for code are stored as JSON rather than Parquet, so that exported files are text and can be read before use.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl
import polars.testing as pl_testing

from headwater.errors import NotWritable
from headwater.literals.code import BracketGroup, LabeledPiece, Piece, call, lines, text_code
from headwater.literals.errors import TooLarge, TooLong
from headwater.literals.limits import MAX_CODE_VALUES, MAX_EXPORTED_VALUES
from headwater.literals.literals import Literals

_BY_NUMBER: Final = (pl.Datetime, pl.Date, pl.Time, pl.Duration)
"""Data types with values that Python objects cannot represent, such as nanoseconds and dates before the year 1."""


def frame_code(frame: Any, literals: Literals) -> Piece:
    """Return `pl.DataFrame({"column": pl.Series("column", [...], dtype=...)})`."""
    _require_size(frame, literals, frame.height * frame.width)
    pl_ = literals.module("polars", "pl")
    if frame.width == 0 and frame.height > 0:
        raise NotWritable("polars cannot create a DataFrame with rows but no columns")
    columns = [LabeledPiece(f"{text_code(column.name)}: ", _column(column, literals)) for column in frame.get_columns()]
    return _verified(call(f"{pl_}.DataFrame", BracketGroup("{", tuple(columns), "}")), frame, literals)


def series_code(series: Any, literals: Literals) -> Piece:
    """Return `pl.Series("name", [...], dtype=...)`."""
    _require_size(series, literals, len(series))
    return _verified(_column(series, literals), series, literals)


def lazy_code(lazy: Any, literals: Literals) -> Piece:
    """Return code for the collected frame, followed by `.lazy()`."""
    piece = frame_code(lazy.collect(), literals)
    return BracketGroup(piece.opening, piece.items, f"{piece.closing}.lazy()") if isinstance(piece, BracketGroup) else piece


def frame_check(subject: str, frame: Any, literals: Literals, name: str) -> list[str]:
    """Return lines of code that compare `subject` with a frame. Lazy frames are collected first."""
    expected = literals.piece(frame, name)
    return lines(call(literals.name("polars.testing", "assert_frame_equal"), subject, expected))


def series_check(subject: str, series: Any, literals: Literals, name: str) -> list[str]:
    """Return lines of code that compare `subject` with a series."""
    expected = literals.piece(series, name)
    return lines(call(literals.name("polars.testing", "assert_series_equal"), subject, expected))


def _require_size(value: Any, literals: Literals, size: int) -> None:
    kind: type = type(value)
    if kind not in (pl.DataFrame, pl.Series):
        raise NotWritable(f"`{kind.__name__}` is a subclass of a polars class and may hold additional data")
    shape = " x ".join(f"{length:,}" for length in value.shape)
    if size > MAX_EXPORTED_VALUES:
        message = f"it is a {kind.__name__} of {shape} values, but an exported file holds at most {MAX_EXPORTED_VALUES:,}"
        raise TooLarge(message)
    if not literals.is_spread and size > MAX_CODE_VALUES:
        raise TooLong(f"it is a {kind.__name__} of {shape} values, and the limit for code is {MAX_CODE_VALUES:,}")


def _column(series: Any, literals: Literals) -> Piece:
    dtype = dtype_code(series.dtype, literals)
    name = text_code(series.name)
    if not isinstance(series.dtype, _BY_NUMBER):
        return call("pl.Series", name, literals.parts(series.to_list(), series.name), dtype=dtype)
    if series.dtype == pl.Date or (isinstance(series.dtype, pl.Datetime) and series.dtype.time_zone is None):
        try:
            with literals.attempt():
                return _verified(
                    call("pl.Series", name, literals.parts(series.to_list(), series.name), dtype=dtype), series, literals
                )
        except TooLong:
            raise
        except (NotWritable, OverflowError, ValueError):
            pass  # write the physical values instead
    numbers = series.to_physical()
    physical = call(
        "pl.Series", name, literals.parts(numbers.to_list(), series.name), dtype=dtype_code(numbers.dtype, literals)
    )
    return BracketGroup(physical.opening, physical.items, f"{physical.closing}.cast({dtype})")


def dtype_code(dtype: Any, literals: Literals) -> str:
    """Return a data type as code: `pl.List(pl.Int64)`."""
    pl_ = literals.module("polars", "pl")
    match dtype:
        case pl.Enum():
            return f"{pl_}.Enum([{', '.join(map(text_code, dtype.categories))}])"
        case pl.List():
            return f"{pl_}.List({dtype_code(dtype.inner, literals)})"
        case pl.Array():
            return f"{pl_}.Array({dtype_code(dtype.inner, literals)}, {dtype.size})"
        case pl.Struct():
            fields = (f"{text_code(field.name)}: {dtype_code(field.dtype, literals)}" for field in dtype.fields)
            return f"{pl_}.Struct({{{', '.join(fields)}}})"
        case pl.Datetime():
            zone = "" if dtype.time_zone is None else f", {text_code(dtype.time_zone)}"
            return f'{pl_}.Datetime("{dtype.time_unit}"{zone})'
        case pl.Duration():
            return f'{pl_}.Duration("{dtype.time_unit}")'
        case pl.Decimal():
            return f"{pl_}.Decimal({dtype.precision}, {dtype.scale})"
        case pl.Object() | pl.Unknown():
            raise NotWritable(f"it has a column of polars type {dtype}, which cannot be written as code")
        case _:
            return f"{pl_}.{type(dtype).__name__}"


def _verified(piece: Piece, value: Any, literals: Literals) -> Piece:
    compare: Any = pl_testing.assert_series_equal if isinstance(value, pl.Series) else pl_testing.assert_frame_equal
    try:
        compare(literals.evaluate(piece), value, check_exact=True)
    except NotWritable:
        raise
    except Exception as error:  # polars can raise any exception
        raise NotWritable(
            f"rebuilding the {type(value).__name__} from its values with polars gives a different result"
        ) from error
    return piece


WRITERS: Final[Mapping[str, Any]] = {"DataFrame": frame_code, "LazyFrame": lazy_code, "Series": series_code}
CHECKERS: Final[Mapping[str, Any]] = {"DataFrame": frame_check, "LazyFrame": frame_check, "Series": series_check}
