"""Loaders and savers of polars frames; the arguments of a file format are those of polars' own function for it.

A `LazyFrame` is scanned and sunk: it never has to be in memory as a whole.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import polars as pl

from headwater.integrations.polars_sql import SqlLoader, SqlSaver
from headwater.io.from_functions import reader, writer
from headwater.io.metadata import dataframe_metadata
from headwater.io.protocol import Metadata


def _describe(data: Any) -> Metadata:
    """A frame; nothing is said of a dictionary of sheets, which some options ask for."""
    return dataframe_metadata(data.height, dict(data.schema)) if isinstance(data, pl.DataFrame) else {}


def _say_nothing(_: pl.LazyFrame) -> Metadata:
    """To ask a lazy frame for its rows is to compute it."""
    return {}


_reader = partial(reader, module=__name__, types=(pl.DataFrame,), describe=_describe)
_writer = partial(writer, module=__name__, types=(pl.DataFrame,), describe=_describe)
_scanner = partial(reader, module=__name__, types=(pl.LazyFrame,), describe=_say_nothing)
_sink = partial(writer, module=__name__, types=(pl.LazyFrame,), describe=_say_nothing)

CsvLoader = _reader("CsvLoader", "csv", pl.read_csv)
CsvSaver = _writer("CsvSaver", "csv", pl.DataFrame.write_csv)
ExcelLoader = _reader("ExcelLoader", "excel", pl.read_excel)
ExcelSaver = _writer("ExcelSaver", "excel", pl.DataFrame.write_excel)
FeatherLoader = _reader("FeatherLoader", "feather", pl.read_ipc)
FeatherSaver = _writer("FeatherSaver", "feather", pl.DataFrame.write_ipc)
JsonLoader = _reader("JsonLoader", "json", pl.read_json)
JsonSaver = _writer("JsonSaver", "json", pl.DataFrame.write_json)
ParquetLoader = _reader("ParquetLoader", "parquet", pl.read_parquet)
ParquetSaver = _writer("ParquetSaver", "parquet", pl.DataFrame.write_parquet)
LazyCsvLoader = _scanner("LazyCsvLoader", "csv", pl.scan_csv)
LazyCsvSaver = _sink("LazyCsvSaver", "csv", pl.LazyFrame.sink_csv)
LazyFeatherLoader = _scanner("LazyFeatherLoader", "feather", pl.scan_ipc)
LazyFeatherSaver = _sink("LazyFeatherSaver", "feather", pl.LazyFrame.sink_ipc)
LazyParquetLoader = _scanner("LazyParquetLoader", "parquet", pl.scan_parquet)
LazyParquetSaver = _sink("LazyParquetSaver", "parquet", pl.LazyFrame.sink_parquet)

ADAPTERS: Final = (
    CsvLoader, CsvSaver, ExcelLoader, ExcelSaver, FeatherLoader, FeatherSaver, JsonLoader, JsonSaver, ParquetLoader,
    ParquetSaver, LazyCsvLoader, LazyCsvSaver, LazyFeatherLoader, LazyFeatherSaver, LazyParquetLoader, LazyParquetSaver,
    SqlLoader, SqlSaver,
)  # fmt: skip
