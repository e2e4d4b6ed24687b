"""A graph's nodes and edges in the JSON shapes of `wire/views.py`."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from headwater.encoding.fields import field_of
from headwater.errors import LongName, short_repr
from headwater.graph.graph import Graph
from headwater.graph.node import Node
from headwater.previews import texts
from headwater.types import typing_rules
from headwater.wire.bounds import LONGEST_DOC, LONGEST_NAME, MOST_ITEMS
from headwater.wire.views import EdgeView, NodeView


def node_view(
    graph: Graph,
    node: Node,
    *,
    file: str | None = None,
    end: int | None = None,
    given: Mapping[str, object] | None = None,
) -> NodeView:
    """One node as drawn and listed.

    `file` is how the reader calls the node's file, if not as the node's place does; `end` the last line of its function;
    `given` what `type_label` shows in the place of defaults.
    """
    made = node.kind == "function"
    view: NodeView = {
        "name": node.name,
        "kind": node.kind,
        "type": type_label(graph, node, given),
        "doc": texts.truncate(node.doc, LONGEST_DOC),
        "tags": {
            _tag(key): _tag(value) if isinstance(value, str) else list(map(_tag, islice(value, MOST_ITEMS)))
            for key, value in islice(node.tags.items(), MOST_ITEMS)
        },
        "function": _function_name(node) if made else None,
        "module": node.module and _tag(node.module) if made else None,
        "file": _tag(file or node.location.file) if made else None,
        "line": node.location.line if made else None,
        "end": end if made else None,
        "output": graph.is_sink(node),
    }
    field = field_of(graph, node)
    if field is not None:
        view["field"] = field
    return view


def edge_views(graph: Graph) -> list[EdgeView]:
    """The edges, one for each pair of nodes; optional where every parameter that it feeds has a default."""
    return [edge for node in graph for edge in edges_to(graph, node)]


def edges_to(graph: Graph, node: Node) -> list[EdgeView]:
    """The edges that lead to one node."""
    optional: dict[str, bool] = {}
    for read in node.dependencies:
        optional[read.source] = read.optional and optional.get(read.source, True)
    return [
        {"source": source, "target": node.name, "optional": is_optional}
        for source, is_optional in optional.items()
        if source in graph.nodes
    ]


def type_label(graph: Graph, node: Node, given: Mapping[str, object] | None = None) -> str:
    """A node's type; with its default for an input that no reader requires, and with its value where it has one.

    `given` holds the values of inputs and of overridden nodes by name.
    """
    shown = texts.truncate(typing_rules.format_type(node.type), texts.LONGEST_TYPE)
    if given is not None and node.name in given:
        return f"{shown} = {short_repr(given[node.name], 40)}"
    if node.kind == "config":
        return f"{shown} = {short_repr(node.value, 40)}"
    if node.kind == "input":
        reads = [
            dependency
            for reader in graph.consumers[node.name]
            for dependency in graph[reader].dependencies
            if dependency.source == node.name
        ]
        defaults = dict.fromkeys(short_repr(read.default, 40) for read in reads)
        if all(read.optional for read in reads) and len(defaults) == 1:
            return f"{shown} = {next(iter(defaults))}"
    return shown


def _function_name(node: Node) -> str | None:
    name = getattr(node.function, "__name__", None)
    return name and texts.truncate(name, LongName.LONGEST)


def _tag(text: str) -> str:
    return texts.truncate(text, LONGEST_NAME)
