"""pandas values as code, and the assertions that a test makes about them.

Before generated code is returned, it is evaluated. pandas' own assertions compare the result with the original value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from headwater.errors import NotWritable
from headwater.integrations.pandas.files import frame_file, require_same, series_file
from headwater.literals.code import BracketGroup, LabeledPiece, Piece, call, in_one_line, lines, text_code
from headwater.literals.errors import TooLarge, TooLong
from headwater.literals.limits import MAX_CODE_VALUES, MAX_EXPORTED_VALUES
from headwater.literals.literals import Literals

YEARS: Final = (1, 9999)
"""The range of years in which pandas parses timestamps from text."""


def frame_code(frame: Any, literals: Literals) -> Piece:
    """Return `pd.DataFrame({"column": [...]}, index=...)`."""
    pd_ = _pandas(frame, pd.DataFrame, literals)
    plain = _has_plain_labels(frame.columns)
    labels = list(frame.columns) if plain else list(range(frame.shape[1]))
    columns = [
        LabeledPiece(f"{literals.part(label)}: ", _column(frame.iloc[:, at], literals)) for at, label in enumerate(labels)
    ]
    piece: Piece = call(f"{pd_}.DataFrame", BracketGroup("{", tuple(columns), "}"), **_index_of(frame.index, literals))
    if not plain and isinstance(piece, BracketGroup):
        named = call("set_axis", index_code(frame.columns, literals), axis='"columns"')
        piece = BracketGroup(piece.opening, piece.items, f"{piece.closing}.{in_one_line(named)}")
    return _verified(piece, frame, literals)


def series_code(series: Any, literals: Literals) -> Piece:
    """Return `pd.Series([...], index=..., name=..., dtype=...)`."""
    pd_ = _pandas(series, pd.Series, literals)
    named = {} if series.name is None else {"name": literals.part(series.name)}
    values, dtype = _values(series, literals)
    options = {**_index_of(series.index, literals), **named, **({} if dtype is None else {"dtype": dtype})}
    return _verified(call(f"{pd_}.Series", values, **options), series, literals)


def index_code(index: Any, literals: Literals) -> Piece:
    """Return code for an index: a range, regular dates, a MultiIndex, or a list of labels."""
    pd_ = literals.module("pandas", "pd")
    named = {} if index.name is None else {"name": literals.part(index.name)}
    piece: Piece
    if isinstance(index, pd.RangeIndex):
        piece = call(f"{pd_}.RangeIndex", f"{index.start}", f"{index.stop}", f"{index.step}", **named)
    elif isinstance(index, pd.MultiIndex):
        levels = [_column(index.get_level_values(level).to_series(), literals) for level in range(index.nlevels)]
        names = {} if set(index.names) == {None} else {"names": literals.part(list(index.names))}
        piece = call(f"{pd_}.MultiIndex.from_arrays", BracketGroup("[", tuple(levels), "]"), **names)
    elif isinstance(index, pd.DatetimeIndex) and index.freq is not None and len(index) > 0:
        zone = {} if index.tz is None else {"tz": text_code(str(index.tz))}
        regular = {"periods": f"{len(index)}", "freq": f'"{index.freqstr}"', **zone, **named, "unit": f'"{index.unit}"'}
        start = _moments(index[:1].tz_localize(None))[0]
        piece = call(f"{pd_}.date_range", literals.part(start), **regular)
    elif isinstance(index, pd.CategoricalIndex):
        piece = call(f"{pd_}.CategoricalIndex", _categorical(index, literals), **named)
    else:
        values, dtype = _values(index.to_series(), literals)
        piece = call(f"{pd_}.Index", values, **named, **({} if dtype is None else {"dtype": dtype}))
    return _verified(piece, index, literals)


def scalar_code(value: Any, literals: Literals) -> Piece:
    """Return code for a timestamp, timedelta, period, or missing value."""
    pd_ = literals.module("pandas", "pd")
    if value is pd.NA or value is pd.NaT:
        return f"{pd_}.{'NA' if value is pd.NA else 'NaT'}"
    piece = f"{pd_}.{value!r}"
    try:
        evaluated = literals.evaluate(piece)
    except Exception as error:
        raise NotWritable(f"`{value!r}` cannot be evaluated") from error
    if type(evaluated) is not type(value) or evaluated != value:
        raise NotWritable(f"evaluating `{value!r}` with pandas does not give an equal {type(value).__name__}")
    return piece


def frame_check(subject: str, frame: Any, literals: Literals, name: str) -> list[str]:
    """Return lines of code that compare `subject` with a frame."""
    return _check("assert_frame_equal", subject, frame, literals, name)


def series_check(subject: str, series: Any, literals: Literals, name: str) -> list[str]:
    """Return lines of code that compare `subject` with a series."""
    return _check("assert_series_equal", subject, series, literals, name)


def index_check(subject: str, index: Any, literals: Literals, name: str) -> list[str]:
    """Return lines of code that compare `subject` with an index."""
    return _check("assert_index_equal", subject, index, literals, name)


def _check(function: str, subject: str, value: Any, literals: Literals, name: str) -> list[str]:
    expected = literals.piece(value, name)
    return lines(call(literals.name("pandas.testing", function), subject, expected))


def _pandas(value: Any, cls: type[Any], literals: Literals) -> str:
    kind: type = type(value)
    if kind is not cls:
        raise NotWritable(f"`{kind.__name__}` is a subclass of `{cls.__name__}` and may hold additional data")
    shape = " x ".join(f"{length:,}" for length in value.shape)
    if value.size > MAX_EXPORTED_VALUES:
        message = f"it is a {cls.__name__} of {shape} values, but an exported file holds at most {MAX_EXPORTED_VALUES:,}"
        raise TooLarge(message)
    if not literals.is_spread and value.size + len(value) > MAX_CODE_VALUES:
        raise TooLong(f"it is a {cls.__name__} of {shape} values, and the limit for code is {MAX_CODE_VALUES:,}")
    return literals.module("pandas", "pd")


def _index_of(index: Any, literals: Literals) -> dict[str, Piece]:
    if isinstance(index, pd.RangeIndex) and index.equals(pd.RangeIndex(len(index))) and index.name is None:
        return {}
    return {"index": index_code(index, literals)}


def _has_plain_labels(columns: Any) -> bool:
    """Return True if `DataFrame` recreates this column index from a dictionary whose keys are the labels."""
    labels = list(columns)
    plain = all(type(label) in (str, int) for label in labels) and len(set(labels)) == len(labels)
    return plain and type(columns) is pd.Index and columns.name is None and columns.equals(pd.Index(labels)) and bool(labels)


def _column(series: Any, literals: Literals) -> Piece:
    if isinstance(series.dtype, pd.CategoricalDtype):
        return _categorical(series, literals)
    values, dtype = _values(series, literals)
    return values if dtype is None else call(f"{literals.module('pandas', 'pd')}.array", values, dtype=dtype)


def _categorical(values: Any, literals: Literals) -> Piece:
    dtype = values.dtype
    items = literals.parts([None if missing else item for item, missing in zip(values, pd.isna(values), strict=True)])
    options = {"categories": literals.part(list(dtype.categories)), **({"ordered": "True"} if dtype.ordered else {})}
    return call(f"{literals.module('pandas', 'pd')}.Categorical", items, **options)


def _values(series: Any, literals: Literals) -> tuple[Piece, str | None]:
    """Return the values as a list, with None for missing values. Also return the dtype if pandas would infer another."""
    if isinstance(series.dtype, pd.CategoricalDtype):
        return _categorical(series, literals), None
    kind = getattr(series.dtype, "kind", "O")
    if kind == "M" and any(not YEARS[0] <= year <= YEARS[1] for year in series.dt.year.dropna()):
        numbers = literals.parts(series.to_numpy().astype("int64").tolist(), series.name)
        return BracketGroup(f"{literals.module('numpy', 'np')}.array(", (numbers,), f').astype("{series.dtype}")'), None
    if kind == "M":
        return literals.parts(_moments(series), series.name), f'"{series.dtype}"'
    plain: Sequence[Any]
    if series.dtype == object:
        plain = list(series)  # distinguishes None, NaN and NaT
    elif kind == "m" or isinstance(series.dtype, pd.PeriodDtype):
        plain = [None if missing else str(item) for item, missing in zip(series, series.isna(), strict=True)]
    else:
        plain = [None if missing else item for item, missing in zip(series.tolist(), series.isna(), strict=True)]
    inferred = len(plain) > 0 and kind in "iufb" and pd.Series(list(plain)).dtype == series.dtype
    return literals.parts(plain, series.name), None if inferred else f'"{series.dtype}"'


def _moments(values: Any) -> list[str | None]:
    """Return timestamps as text, without the time if all are at midnight."""
    texts = [None if missing else moment.isoformat() for moment, missing in zip(values, values.isna(), strict=True)]
    if all(text is None or text.endswith("T00:00:00") for text in texts):
        texts = [text and text.removesuffix("T00:00:00") for text in texts]
    return texts


def _verified(piece: Piece, value: Any, literals: Literals) -> Piece:
    try:
        require_same(literals.evaluate(piece), value)
    except NotWritable:
        raise
    except Exception as error:  # pandas can raise any exception
        raise NotWritable(
            f"rebuilding the {type(value).__name__} from its values with pandas gives a different result"
        ) from error
    return piece


WRITERS: Final[Mapping[str, Any]] = {
    "DataFrame": frame_code,
    "Series": series_code,
    "Index": index_code,
    **dict.fromkeys(("NAType", "NaTType", "Period", "Timedelta", "Timestamp"), scalar_code),
}
SCALARS: Final[Mapping[str, Any]] = dict.fromkeys(("Period", "Timedelta", "Timestamp"), True)
CHECKERS: Final[Mapping[str, Any]] = {"DataFrame": frame_check, "Series": series_check, "Index": index_check}
FILERS: Final[Mapping[str, Any]] = {"DataFrame": frame_file, "Series": series_file}
TEXTS: Final[Mapping[str, Any]] = {
    "Timestamp": (pd.Timestamp.isoformat, "pandas", "pd.Timestamp($)"),
    "Timedelta": (pd.Timedelta.isoformat, "pandas", "pd.Timedelta($)"),
}
