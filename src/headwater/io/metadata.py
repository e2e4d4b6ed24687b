"""Metadata that loaders and savers return: dictionaries that can be encoded as JSON."""

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
    """Describe a file: its path, its size in bytes, its modification time and the current time, in seconds since 1970.

    For a folder, the size is the total size of its files and the modification time is that of the newest file. For a URL
    (`https://...`), a pattern (`*.csv`), a pipe or an open file, the size and the modification time are None. The path of an
    open file is its name, or None for a buffer in memory.
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
        if not set(path).isdisjoint("*?["):  # a pattern that matches several files
            return None, None
        raise
    if stat.S_ISDIR(status.st_mode):
        statuses = [Path(folder, name).stat() for folder, _, names in os.walk(path) for name in names]
        return sum(file.st_size for file in statuses), max((file.st_mtime for file in statuses), default=status.st_mtime)
    return (status.st_size, status.st_mtime) if stat.S_ISREG(status.st_mode) else (None, None)


def dataframe_metadata(rows: int, datatypes: Mapping[Any, Any]) -> Metadata:
    """Describe a data frame: the number of rows and columns, and the names and types of its columns."""
    return {
        "dataframe_metadata": {
            "rows": rows,
            "columns": len(datatypes),
            "column_names": [str(name) for name in datatypes],
            "datatypes": [str(datatype) for datatype in datatypes.values()],
        }
    }


def sql_metadata(query_or_table: str, rows: int) -> Metadata:
    """Describe a database read or write: the query or table, the number of rows, and the current time."""
    return {"sql_metadata": {"query_or_table": query_or_table, "rows": rows, "timestamp": time.time()}}
