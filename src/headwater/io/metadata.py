"""What loaders and savers say of the data: dictionaries made of what JSON can say."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from headwater.io.location import is_open_file, is_remote, local_path, path_text
from headwater.io.protocol import FileLocation, Metadata


def file_metadata(path: FileLocation) -> Metadata:
    """A file: its path, its size in bytes, when it was changed and when this was noted (in seconds since 1970).

    The size of a folder is that of all files in it, and its time of change that of the newest one. Of an address
    (`https://...`), a pattern (`*.csv`), a pipe and an open file, size and time of change are None. The path of an open file
    is its name, or None for a buffer in memory.
    """
    if is_open_file(path):
        name = getattr(path, "name", None)
        shown, size, modified = name if isinstance(name, str) else None, None, None
    else:
        shown = path_text(path)
        size, modified = (None, None) if is_remote(path) else _size_and_change(local_path(path))
    return {"file_metadata": {"path": shown, "size": size, "last_modified": modified, "timestamp": time.time()}}


def _size_and_change(path: str) -> tuple[int | None, float | None]:
    try:
        status = Path(path).stat()
    except FileNotFoundError:
        if not set(path).isdisjoint("*?["):  # a pattern for several files
            return None, None
        raise
    if stat.S_ISDIR(status.st_mode):
        inside = [Path(folder, name).stat() for folder, _, names in os.walk(path) for name in names]
        return sum(one.st_size for one in inside), max((one.st_mtime for one in inside), default=status.st_mtime)
    return (status.st_size, status.st_mtime) if stat.S_ISREG(status.st_mode) else (None, None)


def dataframe_metadata(rows: int, datatypes: Mapping[Any, Any]) -> Metadata:
    """A data frame: the numbers of rows and columns, the columns' names and their types."""
    return {
        "dataframe_metadata": {
            "rows": rows,
            "columns": len(datatypes),
            "column_names": [str(name) for name in datatypes],
            "datatypes": [str(datatype) for datatype in datatypes.values()],
        }
    }


def sql_metadata(query_or_table: str, rows: int) -> Metadata:
    """What was read from or written to a database: the query or table, the number of rows, and when."""
    return {"sql_metadata": {"query_or_table": query_or_table, "rows": rows, "timestamp": time.time()}}
