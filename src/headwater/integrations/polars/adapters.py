"""Loaders and savers for polars frames. Each one takes the arguments of its polars function.

A `LazyFrame` is loaded with `scan_...` and saved with `sink_...`, so it never needs to fit into memory.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import polars as pl

from headwater.integrations.polars.sql import PolarsSqlLoader, PolarsSqlSaver
from headwater.io.function_adapters import LibraryFunction, make_loader, make_saver
from headwater.io.location import UnsupportedLocation, is_open_file, path_text
from headwater.io.metadata import dataframe_metadata
from headwater.io.protocol import FileLocation, Metadata


def _describe(data: Any) -> Metadata:
    """Describe a frame. With some options, polars returns a dictionary of sheets, which has no metadata."""
    return dataframe_metadata(data.height, dict(data.schema)) if isinstance(data, pl.DataFrame) else {}


def _no_metadata(_: pl.LazyFrame) -> Metadata:
    """Return no metadata, because the number of rows is not known before a lazy frame is computed."""
    return {}


def _compressed(location: FileLocation, options: dict[str, Any]) -> dict[str, Any]:
    """Add the compression that the file name implies, because polars does not infer it.

    Raises:
        UnsupportedLocation: if polars does not support the compression.
    """
    if is_open_file(location) or "compression" in options or "check_extension" in options:
        return options
    name = path_text(location).lower()
    method = next((method for suffix, method in _COMPRESSIONS.items() if name.endswith(suffix)), None)
    if method == _UNSUPPORTED:
        raise UnsupportedLocation(
            f"polars compresses CSV files only with gzip (`.gz`) or zstd (`.zst`), but `path` is {path_text(location)!r}. "
            "Change the suffix, or pass `check_extension=False` to write an uncompressed file with this name."
        )
    return options if method is None else {**options, "compression": method, "check_extension": False}


_UNSUPPORTED: Final = "unsupported"
_COMPRESSIONS: Final = {
    **dict.fromkeys((".zip", ".bz2", ".xz", ".tar", ".tar.gz", ".tar.zst"), _UNSUPPORTED),
    ".gz": "gzip",
    ".zst": "zstd",
}
_PLANNING: Final = ("lazy", "sinked_paths_callback")  # excluded, because a saver writes immediately, to a temporary path

_reader = partial(make_loader, module=__name__, types=(pl.DataFrame,), describe=_describe)
_writer = partial(make_saver, module=__name__, types=(pl.DataFrame,), describe=_describe)
_scanner = partial(make_loader, module=__name__, types=(pl.LazyFrame,), describe=_no_metadata)
_sink = partial(make_saver, module=__name__, types=(pl.LazyFrame,), describe=_no_metadata)

PolarsCsvLoader = _reader("PolarsCsvLoader", "csv", LibraryFunction(pl.read_csv, "either"))
PolarsCsvSaver = _writer("PolarsCsvSaver", "csv", LibraryFunction(pl.DataFrame.write_csv, "either", prepare=_compressed))
PolarsExcelLoader = _reader("PolarsExcelLoader", "excel", LibraryFunction(pl.read_excel, in_memory=True))
PolarsExcelSaver = _writer("PolarsExcelSaver", "excel", LibraryFunction(pl.DataFrame.write_excel))
PolarsFeatherLoader = _reader("PolarsFeatherLoader", "feather", LibraryFunction(pl.read_ipc))
PolarsFeatherSaver = _writer("PolarsFeatherSaver", "feather", LibraryFunction(pl.DataFrame.write_ipc))
PolarsJsonLoader = _reader("PolarsJsonLoader", "json", LibraryFunction(pl.read_json, "either"))
PolarsJsonSaver = _writer("PolarsJsonSaver", "json", LibraryFunction(pl.DataFrame.write_json, "either"))
PolarsParquetLoader = _reader("PolarsParquetLoader", "parquet", LibraryFunction(pl.read_parquet))
PolarsParquetSaver = _writer(
    "PolarsParquetSaver", "parquet", LibraryFunction(pl.DataFrame.write_parquet, dataset="partition_by")
)
PolarsLazyCsvLoader = _scanner("PolarsLazyCsvLoader", "csv", LibraryFunction(pl.scan_csv, "either"))
PolarsLazyCsvSaver = _sink(
    "PolarsLazyCsvSaver", "csv", LibraryFunction(pl.LazyFrame.sink_csv, "either", prepare=_compressed, excluded=_PLANNING)
)
PolarsLazyFeatherLoader = _scanner("PolarsLazyFeatherLoader", "feather", LibraryFunction(pl.scan_ipc))
PolarsLazyFeatherSaver = _sink("PolarsLazyFeatherSaver", "feather", LibraryFunction(pl.LazyFrame.sink_ipc, excluded=_PLANNING))
PolarsLazyParquetLoader = _scanner("PolarsLazyParquetLoader", "parquet", LibraryFunction(pl.scan_parquet))
PolarsLazyParquetSaver = _sink(
    "PolarsLazyParquetSaver", "parquet", LibraryFunction(pl.LazyFrame.sink_parquet, excluded=_PLANNING)
)

ADAPTERS: Final = (
    PolarsCsvLoader, PolarsCsvSaver, PolarsExcelLoader, PolarsExcelSaver, PolarsFeatherLoader, PolarsFeatherSaver,
    PolarsJsonLoader, PolarsJsonSaver, PolarsParquetLoader, PolarsParquetSaver, PolarsLazyCsvLoader, PolarsLazyCsvSaver,
    PolarsLazyFeatherLoader, PolarsLazyFeatherSaver, PolarsLazyParquetLoader, PolarsLazyParquetSaver, PolarsSqlLoader,
    PolarsSqlSaver,
)  # fmt: skip
