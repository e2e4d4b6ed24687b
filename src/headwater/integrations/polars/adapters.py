"""Loaders and savers of polars frames; the arguments of a file format are those of polars' own function for it.

A `LazyFrame` is scanned and sunk: it never has to be in memory as a whole.
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
    """A frame; nothing is said of a dictionary of sheets, which some options ask for."""
    return dataframe_metadata(data.height, dict(data.schema)) if isinstance(data, pl.DataFrame) else {}


def _say_nothing(_: pl.LazyFrame) -> Metadata:
    """To ask a lazy frame for its rows is to compute it."""
    return {}


def _compressed(location: FileLocation, options: dict[str, Any]) -> dict[str, Any]:
    """Add the compression that the file name implies, which polars does not infer.

    Raises:
        UnsupportedLocation: for a compression that polars does not write.
    """
    if is_open_file(location) or "compression" in options or "check_extension" in options:
        return options
    name = path_text(location).lower()
    method = next((method for ending, method in _COMPRESSIONS.items() if name.endswith(ending)), None)
    if method == _UNSUPPORTED:
        raise UnsupportedLocation(
            f"polars compresses CSV files with gzip (`.gz`) or zstd (`.zst`) only, and `path` is {path_text(location)!r}. "
            "Change its ending, or write `check_extension=False` for an uncompressed file of this name."
        )
    return options if method is None else {**options, "compression": method, "check_extension": False}


_UNSUPPORTED: Final = "unsupported"
_COMPRESSIONS: Final = {
    **dict.fromkeys((".zip", ".bz2", ".xz", ".tar", ".tar.gz", ".tar.zst"), _UNSUPPORTED),
    ".gz": "gzip",
    ".zst": "zstd",
}
_PLANNING: Final = ("lazy", "sinked_paths_callback")  # a saver writes at once, and to a temporary path

_reader = partial(make_loader, module=__name__, types=(pl.DataFrame,), describe=_describe)
_writer = partial(make_saver, module=__name__, types=(pl.DataFrame,), describe=_describe)
_scanner = partial(make_loader, module=__name__, types=(pl.LazyFrame,), describe=_say_nothing)
_sink = partial(make_saver, module=__name__, types=(pl.LazyFrame,), describe=_say_nothing)

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
