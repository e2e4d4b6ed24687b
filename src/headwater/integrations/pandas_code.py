"""pandas values as code, and what a test asks of them.

Whatever is written is evaluated and compared with the value by pandas' own tests before it is handed out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from headwater.errors import NotWritable
from headwater.integrations.pandas_files import frame_file, series_file
from headwater.takehome.code import Group, Labelled, Piece, call, in_one_line, lines
from headwater.takehome.literals import Literals

HEAD: Final = 20
"""Rows of a long value that a test compares."""
LEAST: Final = 1_000
"""Values of a table up to which all of it is written."""


def frame_code(frame: Any, literals: Literals) -> Piece:
    """`pd.DataFrame({"column": [...]}, index=...)`."""
    pd_ = _pandas(frame, pd.DataFrame, literals)
    plain = _has_plain_labels(frame.columns)
    labels = list(frame.columns) if plain else list(range(frame.shape[1]))
    columns = [Labelled(f"{literals.part(label)}: ", _column(frame.iloc[:, at], literals)) for at, label in enumerate(labels)]
    piece: Piece = call(f"{pd_}.DataFrame", Group("{", tuple(columns), "}"), **_index_of(frame.index, literals))
    if not plain and isinstance(piece, Group):
        named = call("set_axis", index_code(frame.columns, literals), axis='"columns"')
        piece = Group(piece.opening, piece.items, f"{piece.closing}.{in_one_line(named)}")
    return _verified(piece, frame, literals, pd.testing.assert_frame_equal)


def series_code(series: Any, literals: Literals) -> Piece:
    """`pd.Series([...], index=..., name=..., dtype=...)`."""
    pd_ = _pandas(series, pd.Series, literals)
    named = {} if series.name is None else {"name": literals.part(series.name)}
    values, dtype = _values(series, literals)
    options = {**_index_of(series.index, literals), **named, **({} if dtype is None else {"dtype": dtype})}
    return _verified(call(f"{pd_}.Series", values, **options), series, literals, pd.testing.assert_series_equal)


def index_code(index: Any, literals: Literals) -> Piece:
    """An index: a range, regular dates, several levels, or a list of labels."""
    pd_ = literals.module("pandas", "pd")
    named = {} if index.name is None else {"name": literals.part(index.name)}
    piece: Piece
    if isinstance(index, pd.RangeIndex):
        piece = call(f"{pd_}.RangeIndex", f"{index.start}", f"{index.stop}", f"{index.step}", **named)
    elif isinstance(index, pd.MultiIndex):
        levels = [_column(index.get_level_values(level).to_series(), literals) for level in range(index.nlevels)]
        names = {} if set(index.names) == {None} else {"names": literals.part(list(index.names))}
        piece = call(f"{pd_}.MultiIndex.from_arrays", Group("[", tuple(levels), "]"), **names)
    elif isinstance(index, pd.DatetimeIndex) and index.freq is not None and len(index) > 0:
        regular = {"periods": f"{len(index)}", "freq": f'"{index.freqstr}"', **named, "unit": f'"{index.unit}"'}
        piece = call(f"{pd_}.date_range", _moments(index)[0], **regular)
    elif isinstance(index, pd.CategoricalIndex):
        piece = call(f"{pd_}.CategoricalIndex", _categorical(index, literals), **named)
    else:
        values, dtype = _values(index.to_series(), literals)
        piece = call(f"{pd_}.Index", values, **named, **({} if dtype is None else {"dtype": dtype}))
    return _verified(piece, index, literals, pd.testing.assert_index_equal)


def scalar_code(value: Any, literals: Literals) -> Piece:
    """A moment, a length of time, a period, or what stands for a missing value."""
    pd_ = literals.module("pandas", "pd")
    if value is pd.NA or value is pd.NaT:
        return f"{pd_}.{'NA' if value is pd.NA else 'NaT'}"
    piece = f"{pd_}.{value!r}"
    try:
        again = literals.evaluated(piece)
    except Exception as error:
        raise NotWritable(f"`{value!r}` is no code") from error
    if type(again) is not type(value) or again != value:
        raise NotWritable(f"pandas does not make the same {type(value).__name__} of `{value!r}`")
    return piece


def frame_check(subject: str, frame: Any, literals: Literals) -> list[str]:
    """Compares a frame, or the first rows of one that is too long to write."""
    return _check("assert_frame_equal", frame_code, subject, frame, literals)


def series_check(subject: str, series: Any, literals: Literals) -> list[str]:
    """As `frame_check`, for a series."""
    return _check("assert_series_equal", series_code, subject, series, literals)


def index_check(subject: str, index: Any, literals: Literals) -> list[str]:
    """Compares an index."""
    literals.name("pandas.testing", "assert_index_equal")
    return lines(call("assert_index_equal", subject, index_code(index, literals)))


def _check(function: str, write: Any, subject: str, value: Any, literals: Literals) -> list[str]:
    literals.name("pandas.testing", function)
    said: list[str] = []
    if value.size + len(value) > LEAST and len(value) > HEAD:
        said = [f"assert {subject}.shape == {value.shape}", f"# Its first {HEAD} rows."]
        value, subject = value.head(HEAD), f"{subject}.head({HEAD})"
    return [*said, *lines(call(function, subject, write(value, literals)))]


def _pandas(value: Any, cls: type[Any], literals: Literals) -> str:
    kind: type = type(value)
    if kind is not cls:
        raise NotWritable(f"a {type(value).__name__} is more than the {cls.__name__} that it is made from")
    if value.size + len(value) > LEAST:
        size = " x ".join(f"{length:,}" for length in value.shape)
        raise NotWritable(f"it is a {cls.__name__} of {size} values, and code for more than {LEAST:,} is nothing to read")
    return literals.module("pandas", "pd")


def _index_of(index: Any, literals: Literals) -> dict[str, Piece]:
    if isinstance(index, pd.RangeIndex) and index.equals(pd.RangeIndex(len(index))) and index.name is None:
        return {}
    return {"index": index_code(index, literals)}


def _has_plain_labels(columns: Any) -> bool:
    """Whether the keys of a dictionary make these labels."""
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
    """The values as a list, and the dtype where pandas would take another one for them. None stands for what is missing."""
    if isinstance(series.dtype, pd.CategoricalDtype):
        return _categorical(series, literals), None
    kind = getattr(series.dtype, "kind", "O")
    if kind == "M":
        plain: Sequence[Any] = _moments(series)
        written: Piece = Group("[", tuple(plain), "]")
        return written, f'"{series.dtype}"'
    if kind == "m" or isinstance(series.dtype, pd.PeriodDtype):
        plain = [None if missing else str(item) for item, missing in zip(series, series.isna(), strict=True)]
    else:
        plain = [None if missing else item for item, missing in zip(series.tolist(), series.isna(), strict=True)]
    inferred = len(plain) > 0 and kind in "iufb" and pd.Series(list(plain)).dtype == series.dtype
    return literals.parts(plain), None if inferred else f'"{series.dtype}"'


def _moments(values: Any) -> list[str]:
    """Moments as texts, days without a time where all are at midnight."""
    texts = ["" if missing else moment.isoformat() for moment, missing in zip(values, values.isna(), strict=True)]
    if all(text.endswith("T00:00:00") or not text for text in texts):
        texts = [text.removesuffix("T00:00:00") for text in texts]
    return [f'"{text}"' if text else "None" for text in texts]


def _verified(piece: Piece, value: Any, literals: Literals, compare: Any) -> Piece:
    try:
        compare(literals.evaluated(piece), value, check_exact=True)
    except Exception as error:
        raise NotWritable(f"pandas does not make the same {type(value).__name__} of its values") from error
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
