"""Loaders and savers of pandas data; the arguments of a file format are those of pandas' own function for it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import pandas as pd

from headwater.integrations.pandas.sql import SqlLoader, SqlSaver
from headwater.io.atomic import write_mode
from headwater.io.function_adapters import LibraryFunction, make_loader, make_saver
from headwater.io.location import UnsupportedLocation, is_open_file, path_text
from headwater.io.metadata import dataframe_metadata
from headwater.io.protocol import FileLocation, Metadata

_ARCHIVES: Final = (".zip", ".tar", ".tar.gz", ".tar.bz2", ".tar.xz")


def _describe(data: Any) -> Metadata:
    """A frame or a series; nothing is said of readers in chunks and dictionaries of sheets, which some options ask for."""
    frame = data.to_frame() if isinstance(data, pd.Series) else data
    return dataframe_metadata(len(frame), dict(frame.dtypes)) if isinstance(frame, pd.DataFrame) else {}


def _no_archive_to_append_to(location: FileLocation, options: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments unchanged.

    Raises:
        UnsupportedLocation: if an archive would be appended to. pandas adds a second member and can then read neither.
    """
    compression = options.get("compression", "infer")
    method = compression.get("method") if isinstance(compression, Mapping) else compression
    name = "" if is_open_file(location) else path_text(location).lower()
    is_archive = method in ("zip", "tar") or (method == "infer" and name.endswith(_ARCHIVES))
    if is_archive and write_mode(options.get("mode", "w")) == "a":
        raise UnsupportedLocation(
            "A zip or tar archive cannot be appended to. Compress with gzip, bz2 or xz, or save to a file of its own."
        )
    return options


_frame_reader = partial(make_loader, module=__name__, types=(pd.DataFrame,), describe=_describe)
_frame_writer = partial(make_saver, module=__name__, types=(pd.DataFrame,), describe=_describe)
_any_writer = partial(make_saver, module=__name__, types=(pd.DataFrame, pd.Series), describe=_describe)

CsvLoader = _frame_reader("CsvLoader", "csv", LibraryFunction(pd.read_csv, "either"))
CsvSaver = _any_writer("CsvSaver", "csv", LibraryFunction(pd.DataFrame.to_csv, "either", prepare=_no_archive_to_append_to))
ExcelLoader = _frame_reader("ExcelLoader", "excel", LibraryFunction(pd.read_excel, own=(pd.ExcelFile,)))
ExcelSaver = _any_writer("ExcelSaver", "excel", LibraryFunction(pd.DataFrame.to_excel, own=(pd.ExcelWriter,)))
FeatherLoader = _frame_reader("FeatherLoader", "feather", LibraryFunction(pd.read_feather))
FeatherSaver = _frame_writer("FeatherSaver", "feather", LibraryFunction(pd.DataFrame.to_feather))
JsonLoader = _frame_reader("JsonLoader", "json", LibraryFunction(pd.read_json, "either"))
JsonSaver = _any_writer("JsonSaver", "json", LibraryFunction(pd.DataFrame.to_json, "either", prepare=_no_archive_to_append_to))
ParquetLoader = _frame_reader("ParquetLoader", "parquet", LibraryFunction(pd.read_parquet))
ParquetSaver = _frame_writer("ParquetSaver", "parquet", LibraryFunction(pd.DataFrame.to_parquet, dataset="partition_cols"))
PickleLoader = make_loader(
    "PickleLoader",
    "pickle",
    LibraryFunction(pd.read_pickle),
    module=__name__,
    types=(pd.DataFrame, pd.Series),
    describe=_describe,
)
PickleSaver = _any_writer("PickleSaver", "pickle", LibraryFunction(pd.DataFrame.to_pickle))

ADAPTERS: Final = (
    CsvLoader, CsvSaver, ExcelLoader, ExcelSaver, FeatherLoader, FeatherSaver, JsonLoader, JsonSaver, ParquetLoader,
    ParquetSaver, PickleLoader, PickleSaver, SqlLoader, SqlSaver,
)  # fmt: skip
