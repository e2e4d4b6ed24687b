"""Loaders and savers of pandas data; the arguments of a file format are those of pandas' own function for it."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import pandas as pd

from headwater.integrations.pandas_sql import SqlLoader, SqlSaver
from headwater.io.from_functions import reader, writer
from headwater.io.metadata import dataframe_metadata
from headwater.io.protocol import Metadata


def _describe(data: Any) -> Metadata:
    """A frame or a series; nothing is said of readers in chunks and dictionaries of sheets, which some options ask for."""
    frame = data.to_frame() if isinstance(data, pd.Series) else data
    return dataframe_metadata(len(frame), dict(frame.dtypes)) if isinstance(frame, pd.DataFrame) else {}


_frame_reader = partial(reader, module=__name__, types=(pd.DataFrame,), describe=_describe)
_frame_writer = partial(writer, module=__name__, types=(pd.DataFrame,), describe=_describe)
_any_writer = partial(writer, module=__name__, types=(pd.DataFrame, pd.Series), describe=_describe)

CsvLoader = _frame_reader("CsvLoader", "csv", pd.read_csv)
CsvSaver = _any_writer("CsvSaver", "csv", pd.DataFrame.to_csv)
ExcelLoader = _frame_reader("ExcelLoader", "excel", pd.read_excel)
ExcelSaver = _any_writer("ExcelSaver", "excel", pd.DataFrame.to_excel)
FeatherLoader = _frame_reader("FeatherLoader", "feather", pd.read_feather)
FeatherSaver = _frame_writer("FeatherSaver", "feather", pd.DataFrame.to_feather)
JsonLoader = _frame_reader("JsonLoader", "json", pd.read_json)
JsonSaver = _any_writer("JsonSaver", "json", pd.DataFrame.to_json)
ParquetLoader = _frame_reader("ParquetLoader", "parquet", pd.read_parquet)
ParquetSaver = _frame_writer("ParquetSaver", "parquet", pd.DataFrame.to_parquet)
PickleLoader = reader(
    "PickleLoader", "pickle", pd.read_pickle, module=__name__, types=(pd.DataFrame, pd.Series), describe=_describe
)
PickleSaver = _any_writer("PickleSaver", "pickle", pd.DataFrame.to_pickle)

ADAPTERS: Final = (
    CsvLoader, CsvSaver, ExcelLoader, ExcelSaver, FeatherLoader, FeatherSaver, JsonLoader, JsonSaver, ParquetLoader,
    ParquetSaver, PickleLoader, PickleSaver, SqlLoader, SqlSaver,
)  # fmt: skip
