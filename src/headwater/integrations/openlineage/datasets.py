"""OpenLineage datasets, created from the metadata of loaders and savers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from openlineage.client.event_v2 import InputDataset, OutputDataset
from openlineage.client.facet_v2 import (
    InputDatasetFacet,
    OutputDatasetFacet,
    input_statistics_input_dataset,
    output_statistics_output_dataset,
    schema_dataset,
)

from headwater.io.location import is_remote

if TYPE_CHECKING:
    from headwater.graph.node import Node


def input_dataset(node: Node, value: Any, namespace: str) -> InputDataset:
    """Return the dataset that a loader has loaded. `value` is the value of the loader's node."""
    metadata = value[1] if isinstance(value, tuple) and len(value) == 2 else {}
    space, name = _identity(metadata, node, namespace)
    rows, size = _statistics(metadata)
    statistics = input_statistics_input_dataset.InputStatisticsInputDatasetFacet(rowCount=rows, size=size)
    facets: dict[str, InputDatasetFacet] = {} if rows is size is None else {"inputStatistics": statistics}
    return InputDataset(space, name, facets=_schema(metadata), inputFacets=facets)


def output_dataset(node: Node, metadata: Any, namespace: str) -> OutputDataset:
    """Return the dataset that a saver has saved. `metadata` is the value of the saver's node."""
    space, name = _identity(metadata, node, namespace)
    rows, size = _statistics(metadata)
    statistics = output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet(rowCount=rows, size=size)
    facets: dict[str, OutputDatasetFacet] = {} if rows is size is None else {"outputStatistics": statistics}
    return OutputDataset(space, name, facets=_schema(metadata), outputFacets=facets)


def _identity(metadata: Any, node: Node, namespace: str) -> tuple[str, str]:
    """Return the namespace and the name of a dataset.

    If the metadata does not identify the dataset, use the node's name.
    """
    path = _part(metadata, "file_metadata").get("path")
    if isinstance(path, str):
        if is_remote(path):
            parts = urlsplit(path)
            return f"{parts.scheme}://{parts.hostname or ''}", parts.path.lstrip("/") or "/"
        return "file", str(Path(path).expanduser().absolute())
    table = _part(metadata, "sql_metadata").get("query_or_table")
    return (f"{namespace}.sql", table) if isinstance(table, str) else (namespace, node.name)


def _statistics(metadata: Any) -> tuple[int | None, int | None]:
    """Return the number of rows and the size in bytes, each None if unknown."""
    rows = _part(metadata, "dataframe_metadata").get("rows", _part(metadata, "sql_metadata").get("rows"))
    return rows, _part(metadata, "file_metadata").get("size")


def _schema(metadata: Any) -> dict[str, Any]:
    frame = _part(metadata, "dataframe_metadata")
    columns = zip(frame.get("column_names", ()), frame.get("datatypes", ()), strict=True)
    fields = [schema_dataset.SchemaDatasetFacetFields(name=name, type=type_) for name, type_ in columns]
    return {"schema": schema_dataset.SchemaDatasetFacet(fields=fields)} if fields else {}


def _part(metadata: Any, name: str) -> Mapping[str, Any]:
    part = metadata.get(name) if isinstance(metadata, Mapping) else None
    return part if isinstance(part, Mapping) else {}
