"""Loaders and savers: where data comes from and goes to, as nodes of a dataflow.

An *adapter* reads or writes one format. The formats of the standard library are always there; those of pandas, polars, numpy,
PyYAML, matplotlib and plotly once the library was imported. `to` and `from_` put adapters into a dataflow from outside, the
decorators `load_from` and `save_to` from inside.

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

_HOMES: Final = {
    "atomic": "replacing",
    "materializers": "LoadMaterializer Materializer SaveMaterializer from_ to",
    "metadata": "dataframe_metadata file_metadata sql_metadata",
    "protocol": "DataLoader DataSaver FilePath Metadata OpenFile",
    "registry": "formats register_adapter",
}
_HOME_OF: Final = {name: home for home, names in _HOMES.items() for name in names.split()}

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

if not TYPE_CHECKING:  # a type checker reads the imports above, and then knows of a misspelt name

    def __getattr__(name: str) -> Any:
        """One of the names above, from where it is at home: reading source text needs none of them."""
        if name not in _HOME_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = getattr(importlib.import_module(f"headwater.io.{_HOME_OF[name]}"), name)
        globals()[name] = found
        return found


def __dir__() -> list[str]:
    return [*globals(), *__all__]
