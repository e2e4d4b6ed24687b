"""polars values as code, and what a test asks of them.

Whatever is written is evaluated and compared with the value by polars' own tests before it is handed out. A value that is too
long to read as code keeps its columns in JSON and not in Parquet: exported files are text, to be read before they are used.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl
import polars.testing as pl_testing

from headwater.errors import NotWritable
from headwater.literals.code import BracketGroup, LabeledPiece, Piece, call, lines, text_code
from headwater.literals.errors import TooLarge, TooLong
from headwater.literals.limits import MOST_CODE_VALUES, MOST_EXPORTED_VALUES
from headwater.literals.literals import Literals

_BY_NUMBER: Final = (pl.Datetime, pl.Date, pl.Time, pl.Duration)
"""Types of which Python's objects do not hold every value: nanoseconds, and dates before the year 1."""


def frame_code(frame: Any, literals: Literals) -> Piece:
    """`pl.DataFrame({"column": pl.Series("column", [...], dtype=...)})`."""
    _require_size(frame, literals, frame.height * frame.width)
    pl_ = literals.module("polars", "pl")
    if frame.width == 0 and frame.height > 0:
        raise NotWritable("polars does not make a DataFrame with rows and no columns")
    columns = [LabeledPiece(f"{text_code(column.name)}: ", _column(column, literals)) for column in frame.get_columns()]
    return _verified(call(f"{pl_}.DataFrame", BracketGroup("{", tuple(columns), "}")), frame, literals)


def series_code(series: Any, literals: Literals) -> Piece:
    """`pl.Series("name", [...], dtype=...)`."""
    _require_size(series, literals, len(series))
    return _verified(_column(series, literals), series, literals)


def lazy_code(lazy: Any, literals: Literals) -> Piece:
    """The collected frame, made lazy again."""
    piece = frame_code(lazy.collect(), literals)
    return BracketGroup(piece.opening, piece.items, f"{piece.closing}.lazy()") if isinstance(piece, BracketGroup) else piece


def frame_check(subject: str, frame: Any, literals: Literals, name: str) -> list[str]:
    """Compares a frame, a lazy one by what it collects."""
    expected = literals.piece(frame, name)
    return lines(call(literals.name("polars.testing", "assert_frame_equal"), subject, expected))


def series_check(subject: str, series: Any, literals: Literals, name: str) -> list[str]:
    """Compares a series."""
    expected = literals.piece(series, name)
    return lines(call(literals.name("polars.testing", "assert_series_equal"), subject, expected))


def _require_size(value: Any, literals: Literals, size: int) -> None:
    kind: type = type(value)
    if kind not in (pl.DataFrame, pl.Series):
        raise NotWritable(f"a {kind.__name__} is more than the polars class that it is made from")
    shape = " x ".join(f"{length:,}" for length in value.shape)
    if size > MOST_EXPORTED_VALUES:
        message = f"it is a {kind.__name__} of {shape} values, and an exported file holds at most {MOST_EXPORTED_VALUES:,}"
        raise TooLarge(message)
    if not literals.is_spread and size > MOST_CODE_VALUES:
        raise TooLong(
            f"it is a {kind.__name__} of {shape} values, and code for more than {MOST_CODE_VALUES:,} is nothing to read"
        )


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
            pass  # then as numbers
    numbers = series.to_physical()
    made = call("pl.Series", name, literals.parts(numbers.to_list(), series.name), dtype=dtype_code(numbers.dtype, literals))
    return BracketGroup(made.opening, made.items, f"{made.closing}.cast({dtype})")


def dtype_code(dtype: Any, literals: Literals) -> str:
    """`pl.List(pl.Int64)`."""
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
            raise NotWritable(f"it holds a column of polars' type {dtype}, which has no literal")
        case _:
            return f"{pl_}.{type(dtype).__name__}"


def _verified(piece: Piece, value: Any, literals: Literals) -> Piece:
    compare: Any = pl_testing.assert_series_equal if isinstance(value, pl.Series) else pl_testing.assert_frame_equal
    try:
        compare(literals.evaluate(piece), value, check_exact=True)
    except NotWritable:
        raise
    except Exception as error:  # polars raises what it likes for what it cannot make
        raise NotWritable(f"polars does not make the same {type(value).__name__} of its values") from error
    return piece


WRITERS: Final[Mapping[str, Any]] = {"DataFrame": frame_code, "LazyFrame": lazy_code, "Series": series_code}
CHECKERS: Final[Mapping[str, Any]] = {"DataFrame": frame_check, "LazyFrame": frame_check, "Series": series_check}
