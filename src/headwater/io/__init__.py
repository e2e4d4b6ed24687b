"""Loaders and savers, as nodes in a dataflow.

An *adapter* reads or writes one format. Standard library formats are always available. Formats of pandas, polars, numpy,
PyYAML, matplotlib or plotly are available once your code has imported that library. Add adapters to a dataflow
with `to` and `from_`, or attach them to its functions with the decorators `load_from` and `save_to`.

>>> from headwater import Builder
>>> from headwater.io import from_
>>> def total(prices: list) -> float:
...     return sum(prices)
>>> loading = from_.literal(target="prices", value=[1.5, 2.0])
>>> Builder().with_functions(total).with_materializers(loading).build().execute(["total"])
{'total': 3.5}
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from headwater.io.atomic import replacing
    from headwater.io.materializers import LoadMaterializer, Materializer, SaveMaterializer, from_, to
    from headwater.io.metadata import dataframe_metadata, file_metadata, sql_metadata
    from headwater.io.protocol import DataLoader, DataSaver, FilePath, Metadata, OpenFile
    from headwater.io.registry import formats, register_adapter

_EXPORTS: Final = {
    "atomic": "replacing",
    "materializers": "LoadMaterializer Materializer SaveMaterializer from_ to",
    "metadata": "dataframe_metadata file_metadata sql_metadata",
    "protocol": "DataLoader DataSaver FilePath Metadata OpenFile",
    "registry": "formats register_adapter",
}
_MODULE_OF: Final = {name: module for module, names in _EXPORTS.items() for name in names.split()}

__all__ = [
    "DataLoader",
    "DataSaver",
    "FilePath",
    "LoadMaterializer",
    "Materializer",
    "Metadata",
    "OpenFile",
    "SaveMaterializer",
    "dataframe_metadata",
    "file_metadata",
    "formats",
    "from_",
    "register_adapter",
    "replacing",
    "sql_metadata",
    "to",
]

if not TYPE_CHECKING:  # type checkers read the imports above and report misspelled names

    def __getattr__(name: str) -> Any:
        """Import a public name on first use. The static outline needs no adapters, so it starts faster."""
        if name not in _MODULE_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(importlib.import_module(f"headwater.io.{_MODULE_OF[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return [*globals(), *__all__]
