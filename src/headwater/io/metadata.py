"""What loaders and savers say of the data: dictionaries made of what JSON can say."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from headwater.io.atomic import is_remote
from headwater.io.protocol import FilePath, Metadata


def file_metadata(path: FilePath) -> Metadata:
    """A file: its path, its size in bytes, when it was changed and when this was noted (in seconds since 1970).

    Of an address (`https://...`) only itself is known: the size and the time of change are None.
    """
    known = None if is_remote(path) else Path(path).stat()
    return {
        "file_metadata": {
            "path": os.fspath(path),
            "size": known.st_size if known else None,
            "last_modified": known.st_mtime if known else None,
            "timestamp": time.time(),
        }
    }


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
