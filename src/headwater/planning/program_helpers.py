"""The source code of helper functions that implement decorators in a program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class ProgramHelper(NamedTuple):
    """A function in a program, and its imports."""

    name: str
    text: str
    imports: tuple[str, ...] = ()


FIELD: Final = ProgramHelper(
    "_field",
    '''\
def _field(record, name, *fill):
    """Return an entry of a dictionary. If it is missing, return `fill`."""
    if record is not None and name in record:
        return record[name]
    if fill:
        return fill[0]
    raise KeyError(name)
''',
)

WITH_FIELDS: Final = ProgramHelper(
    "_with_fields",
    '''\
def _with_fields(record, names, value):
    """Return a dictionary with missing entries added. The original is unchanged."""
    if not isinstance(record, Mapping):
        return record
    missing = {name: value for name in names if name not in record}
    if not missing:
        return record
    if not isinstance(record, MutableMapping):
        return {**record, **missing}
    completed = copy(record)
    completed.update(missing)
    return completed
''',
    ("from collections.abc import Mapping", "from collections.abc import MutableMapping", "from copy import copy"),
)

DATA: Final = ProgramHelper(
    "_data",
    '''\
def _data(loaded):
    """Return the data from a tuple of data and metadata."""
    if not isinstance(loaded, tuple) or len(loaded) != 2:
        raise TypeError(f"a loader returned {loaded!r} instead of data and metadata")
    return loaded[0]
''',
)

_PANDAS: Final = (
    ProgramHelper(
        "_pandas_column",
        '''\
def _pandas_column(frame, name, *fill):
    """Return a column of a data frame. If it is missing, return a column with `fill` in every row."""
    names = [] if frame is None else list(frame.columns)
    if names.count(name) > 1:
        raise ValueError(f"the frame has several columns named {name!r}")
    if name in names:
        return frame[name]
    if frame is not None and fill:
        return _pandas_constant_column(frame, name, fill[0])
    raise KeyError(name)
''',
    ),
    ProgramHelper(
        "_pandas_column_at",
        '''\
def _pandas_column_at(frame, position, name):
    """Return the column at a position, renamed to `name`."""
    return frame.iloc[:, position].rename(name)
''',
    ),
    ProgramHelper(
        "_pandas_with_missing_columns",
        '''\
def _pandas_with_missing_columns(frame, names, value):
    """Return a data frame with missing columns added."""
    if not isinstance(frame, pd.DataFrame):
        return frame
    missing = [name for name in names if name not in list(frame.columns)]
    return frame.assign(**{name: _pandas_constant_column(frame, name, value) for name in missing}) if missing else frame
''',
    ),
    ProgramHelper(
        "_pandas_with_columns",
        '''\
def _pandas_with_columns(frame, columns):
    """Return a data frame with columns added. A dictionary fills every row."""
    return frame.assign(
        **{
            name: _pandas_constant_column(frame, name, value) if isinstance(value, Mapping) else value
            for name, value in columns.items()
        }
    )
''',
        ("from collections.abc import Mapping",),
    ),
    ProgramHelper(
        "_pandas_constant_column",
        '''\
def _pandas_constant_column(frame, name, value):
    """Return a column with the same value in every row."""
    if pd.api.types.is_list_like(value):
        return pd.Series([value] * len(frame), index=frame.index, name=name, dtype=object)
    return pd.Series(value, index=frame.index, name=name)
''',
    ),
)

_POLARS: Final = (
    ProgramHelper(
        "_polars_column",
        '''\
def _polars_column(frame, name, *fill):
    """Return a column of a data frame. If it is missing, return a column with `fill` in every row."""
    names = [] if frame is None else frame.collect_schema().names()
    if name in names:
        if isinstance(frame, pl.LazyFrame):
            frame = frame.select(pl.selectors.by_name(name)).collect()
        return frame.get_column(name)
    if frame is not None and fill:
        rows = frame.select(pl.len()).collect().item() if isinstance(frame, pl.LazyFrame) else frame.height
        return pl.Series(name, [fill[0]]).new_from_index(0, rows)
    raise KeyError(name)
''',
    ),
    ProgramHelper(
        "_polars_column_at",
        '''\
def _polars_column_at(frame, position, name):
    """Return the column at a position, renamed to `name`."""
    return _polars_column(frame, frame.collect_schema().names()[position]).alias(name)
''',
    ),
    ProgramHelper(
        "_polars_expression",
        '''\
def _polars_expression(frame, name):
    """Return the expression for a column of a data frame."""
    if frame is None or name not in frame.collect_schema().names():
        raise KeyError(name)
    return pl.col(name)
''',
    ),
    ProgramHelper(
        "_polars_with_missing_columns",
        '''\
def _polars_with_missing_columns(frame, names, value):
    """Return a data frame with missing columns added."""
    if not isinstance(frame, pl.DataFrame | pl.LazyFrame):
        return frame
    present = frame.collect_schema().names()
    missing = [name for name in names if name not in present]
    repeated = pl.lit(pl.Series([value])).first()
    return frame.with_columns(*(repeated.alias(name) for name in missing)) if missing else frame
''',
    ),
    ProgramHelper(
        "_polars_with_columns",
        '''\
def _polars_with_columns(frame, columns):
    """Return a data frame with columns added. A list becomes a column; a single value fills every row."""

    def named(name, value):
        if isinstance(value, pl.Series | pl.Expr):
            return value.alias(name)
        if isinstance(value, list | tuple | range) or len(getattr(value, "shape", ())) == 1:
            return pl.Series(name, value)
        return pl.lit(pl.Series([value])).first().alias(name)

    return frame.with_columns(*(named(name, value) for name, value in columns.items()))
''',
    ),
)

_READ_FILE: Final = ProgramHelper(
    "_read_file",
    '''\
def _read_file(path):
    """Return the content of a local file."""
    text = os.fsdecode(path)
    if "://" in text:
        raise ValueError(f"{text} is not a local path")
    return Path(os.path.expanduser(text)).read_bytes()
''',
    ("import os", "from pathlib import Path"),
)

_LOADERS: Final = (
    ProgramHelper(
        "_load_json",
        '''\
def _load_json(path, encoding="utf-8"):
    """Return the value in a JSON file."""
    return json.loads(_read_file(path).decode(encoding))
''',
        ("import json",),
    ),
    ProgramHelper(
        "_load_text",
        '''\
def _load_text(path, encoding="utf-8"):
    """Return the text of a file with unchanged line endings."""
    return _read_file(path).decode(encoding)
''',
    ),
    ProgramHelper(
        "_load_bytes",
        '''\
def _load_bytes(path):
    """Return the content of a file."""
    return _read_file(path)
''',
    ),
    ProgramHelper(
        "_load_pickle",
        '''\
def _load_pickle(path):
    """Return the object in a file. Loading a pickle can run code: load only files that you trust."""
    return pickle.loads(_read_file(path))
''',
        ("import pickle",),
    ),
)
_ADAPTERS: Final = {
    "JsonLoader": "_load_json",
    "TextLoader": "_load_text",
    "FileTextLoader": "_load_text",
    "BytesLoader": "_load_bytes",
    "FileBytesLoader": "_load_bytes",
    "PickleLoader": "_load_pickle",
}
"""The helpers for the loaders in `headwater.io.formats`."""

_BY_LIBRARY: Final = {
    "headwater.integrations.pandas.frames": ("pandas", "import pandas as pd"),
    "headwater.integrations.polars.frames": ("polars", "import polars as pl"),
}
"""For each data frame library, the prefix of its helpers and the import that they need."""
_BY_NAME: Final = {helper.name: helper for helper in (*_PANDAS, *_POLARS, *_LOADERS, _READ_FILE)}


def frame_helper(library: str | None, name: str) -> ProgramHelper | None:
    """Return a helper for a library's data frames, or None. `name` is the name of the helper without the library's prefix."""
    if library not in _BY_LIBRARY:
        return None
    prefix, statement = _BY_LIBRARY[library]
    helper = _BY_NAME.get(f"_{prefix}_{name}")
    return None if helper is None else helper._replace(imports=(statement, *helper.imports))


def loader_helper(adapter: type[Any] | None) -> ProgramHelper | None:
    """Return a helper that loads the same data as an adapter, or None if there is no such helper."""
    if adapter is None or adapter.__module__ != "headwater.io.formats":
        return None
    return _BY_NAME.get(_ADAPTERS.get(adapter.__qualname__, ""))


def with_needed(helpers: Iterable[ProgramHelper]) -> list[ProgramHelper]:
    """Return helpers together with the helpers that they call, sorted by name."""
    found = {helper.name: helper for helper in helpers}
    for helper in list(found.values()):
        for name, other in _BY_NAME.items():
            if f"{name}(" in helper.text:
                found.setdefault(name, other)
    return [found[name] for name in sorted(found)]
