"""Encodes a graph's nodes and edges in the shapes of `wire/views.py`."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from headwater.encoding.code_texts import short_code
from headwater.encoding.fields import field_of
from headwater.errors import LongName
from headwater.graph.graph import Graph
from headwater.graph.mapping import elements_of
from headwater.graph.node import Node
from headwater.previews import texts
from headwater.types import typing_rules
from headwater.wire.bounds import MAX_DOC_LENGTH, MAX_ITEMS, MAX_NAME_LENGTH
from headwater.wire.views import EdgeView, NodeView


def node_view(
    graph: Graph,
    node: Node,
    *,
    file: str | None = None,
    end: int | None = None,
    values: Mapping[str, object] | None = None,
) -> NodeView:
    """Return a node in the form that pages display.

    Args:
        graph: the node's graph.
        node: the node.
        file: the file name, if it differs from the file in the node's location.
        end: the last line of the node's function.
        values: the values that `type_with_value` shows instead of defaults.
    """
    is_function = node.kind == "function"
    view: NodeView = {
        "name": node.name,
        "kind": node.kind,
        "type": type_with_value(graph, node, values),
        "doc": texts.truncate(node.doc, MAX_DOC_LENGTH),
        "tags": {
            _tag(key): _tag(value) if isinstance(value, str) else list(map(_tag, islice(value, MAX_ITEMS)))
            for key, value in islice(node.tags.items(), MAX_ITEMS)
        },
        "function": _function_name(node) if is_function else None,
        "module": node.module and _tag(node.module) if is_function else None,
        "file": _tag(file or node.location.file) if is_function else None,
        "line": node.location.line if is_function else None,
        "end": end if is_function else None,
        "output": graph.is_sink(node),
    }
    elements = elements_of(node)
    if elements:
        view["each"] = list(map(_tag, islice(elements, MAX_ITEMS)))
    field = field_of(graph, node)
    if field is not None:
        view["field"] = field
    return view


def edges_to(graph: Graph, node: Node) -> list[EdgeView]:
    """Return the edges to a node, one per source. An edge is optional if all of its parameters have defaults."""
    optional: dict[str, bool] = {}
    for read in node.dependencies:
        optional[read.source] = read.optional and optional.get(read.source, True)
    return [
        {"source": source, "target": node.name, "optional": is_optional}
        for source, is_optional in optional.items()
        if source in graph.nodes
    ]


def type_with_value(graph: Graph, node: Node, values: Mapping[str, object] | None = None) -> str:
    """Return a node's type with its value, or with the default of an input that no function requires.

    `values` holds the values of inputs and overridden nodes, keyed by name.
    """
    type_text = texts.truncate(typing_rules.format_type(node.type), texts.MAX_TYPE_LENGTH)
    if values is not None and node.name in values:
        return f"{type_text} = {short_code(values[node.name], 40)}"
    if node.kind == "config":
        return f"{type_text} = {short_code(node.value, 40)}"
    if node.kind == "input":
        reads = [
            dependency
            for reader in graph.consumers[node.name]
            for dependency in graph[reader].dependencies
            if dependency.source == node.name
        ]
        defaults = dict.fromkeys(short_code(read.default, 40) for read in reads)
        if all(read.optional for read in reads) and len(defaults) == 1:
            return f"{type_text} = {next(iter(defaults))}"
    return type_text


def _function_name(node: Node) -> str | None:
    name = getattr(node.function, "__name__", None)
    return name and texts.truncate(name, LongName.MAX_LENGTH)


def _tag(text: str) -> str:
    return texts.truncate(text, MAX_NAME_LENGTH)
