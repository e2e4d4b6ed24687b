"""Finds functions that take or return Dask collections: frames, arrays, bags or delayed values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

if TYPE_CHECKING:
    from headwater.graph.node import Node


def uses_collections(node: Node) -> bool:
    """Return True if a node's function has a parameter or return value that is annotated as a Dask collection."""
    return any(map(is_collection_type, (node.type, *(dependency.type for dependency in node.dependencies))))


def is_collection_type(type_: Any) -> bool:
    """Return True for the class of a Dask collection, and for a union, container or `Annotated` that contains such a class."""
    return hasattr(type_, "__dask_graph__") or any(map(is_collection_type, get_args(type_)))
