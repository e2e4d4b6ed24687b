"""Loaders and savers for pandas data. Each one takes the arguments of the pandas function that reads or writes the format."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import pandas as pd

from headwater.integrations.pandas.sql import PandasSqlLoader, PandasSqlSaver
from headwater.io.atomic import write_mode
from headwater.io.function_adapters import LibraryFunction, make_loader, make_saver
from headwater.io.location import UnsupportedLocation, is_open_file, path_text
from headwater.io.metadata import dataframe_metadata
from headwater.io.protocol import FileLocation, Metadata

_ARCHIVES: Final = (".zip", ".tar", ".tar.gz", ".tar.bz2", ".tar.xz")


def _describe(data: Any) -> Metadata:
    """Describe a frame or series. Chunked readers and dictionaries of sheets, which some options produce, have no metadata."""
    frame = data.to_frame() if isinstance(data, pd.Series) else data
    return dataframe_metadata(len(frame), dict(frame.dtypes)) if isinstance(frame, pd.DataFrame) else {}


def _no_archive_to_append_to(location: FileLocation, options: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments unchanged.

    Raises:
        UnsupportedLocation: the mode appends to an archive. pandas would add a second member, but it cannot read an archive
            with several members.
    """
    compression = options.get("compression", "infer")
    method = compression.get("method") if isinstance(compression, Mapping) else compression
    name = "" if is_open_file(location) else path_text(location).lower()
    is_archive = method in ("zip", "tar") or (method == "infer" and name.endswith(_ARCHIVES))
    if is_archive and write_mode(options.get("mode", "w")) == "a":
        raise UnsupportedLocation(
            "Cannot append to a zip or tar archive. Compress with gzip, bz2 or xz, or save to a separate file."
        )
    return options


_frame_reader = partial(make_loader, module=__name__, types=(pd.DataFrame,), describe=_describe)
_frame_writer = partial(make_saver, module=__name__, types=(pd.DataFrame,), describe=_describe)
_any_writer = partial(make_saver, module=__name__, types=(pd.DataFrame, pd.Series), describe=_describe)

PandasCsvLoader = _frame_reader("PandasCsvLoader", "csv", LibraryFunction(pd.read_csv, "either"))
PandasCsvSaver = _any_writer(
    "PandasCsvSaver", "csv", LibraryFunction(pd.DataFrame.to_csv, "either", prepare=_no_archive_to_append_to)
)
PandasExcelLoader = _frame_reader("PandasExcelLoader", "excel", LibraryFunction(pd.read_excel, path_types=(pd.ExcelFile,)))
PandasExcelSaver = _any_writer(
    "PandasExcelSaver", "excel", LibraryFunction(pd.DataFrame.to_excel, path_types=(pd.ExcelWriter,))
)
PandasFeatherLoader = _frame_reader("PandasFeatherLoader", "feather", LibraryFunction(pd.read_feather))
PandasFeatherSaver = _frame_writer("PandasFeatherSaver", "feather", LibraryFunction(pd.DataFrame.to_feather))
PandasJsonLoader = _frame_reader("PandasJsonLoader", "json", LibraryFunction(pd.read_json, "either"))
PandasJsonSaver = _any_writer(
    "PandasJsonSaver", "json", LibraryFunction(pd.DataFrame.to_json, "either", prepare=_no_archive_to_append_to)
)
PandasParquetLoader = _frame_reader("PandasParquetLoader", "parquet", LibraryFunction(pd.read_parquet))
PandasParquetSaver = _frame_writer(
    "PandasParquetSaver", "parquet", LibraryFunction(pd.DataFrame.to_parquet, dataset="partition_cols")
)
PandasPickleLoader = make_loader(
    "PandasPickleLoader",
    "pickle",
    LibraryFunction(pd.read_pickle),
    module=__name__,
    types=(pd.DataFrame, pd.Series),
    describe=_describe,
)
PandasPickleSaver = _any_writer("PandasPickleSaver", "pickle", LibraryFunction(pd.DataFrame.to_pickle))

ADAPTERS: Final = (
    PandasCsvLoader, PandasCsvSaver, PandasExcelLoader, PandasExcelSaver, PandasFeatherLoader, PandasFeatherSaver,
    PandasJsonLoader, PandasJsonSaver, PandasParquetLoader, PandasParquetSaver, PandasPickleLoader, PandasPickleSaver,
    PandasSqlLoader, PandasSqlSaver,
)  # fmt: skip
