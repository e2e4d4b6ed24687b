"""Views of the graphs that a session builds, with nodes in source order and source locations from the text."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, NamedTuple

from headwater.encoding.graph import edge_views, node_view, type_with_value
from headwater.graph.mapping import elements_of
from headwater.graph.node import NO_TAGS
from headwater.graph.source_order import in_source_order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.graph.graph import Graph
    from headwater.graph.node import Node
    from headwater.session.code import Code
    from headwater.session.problems import Problems
    from headwater.wire.views import GraphView, NodeView

_Definition = ast.FunctionDef | ast.AsyncFunctionDef


class _DisplayedNode(NamedTuple):
    """The view of a node without its tags, and the data from which the view was created.

    Compare types by identity: `==` may run user code.
    """

    definition: _Definition
    type: Any
    details: tuple[object, ...]
    view: NodeView


class BuiltGraphViews:
    """Creates views of the graphs that a session builds. The view of an unchanged function stays the same object."""

    def __init__(self) -> None:
        self._shown: dict[str, _DisplayedNode] = {}

    def view(self, graph: Graph, code: Code, problems: Problems) -> GraphView:
        """Return the view of a graph that was built from the modules in a session."""
        files: dict[str, str | None] = {}
        before, self._shown = self._shown, {}
        nodes: list[NodeView] = []
        for node in in_source_order(graph):
            path = node.location.file
            if path not in files:
                files[path] = problems.file(path)
            definition = _definition(node, code) if node.kind == "function" else None
            if definition is None:
                nodes.append(node_view(graph, node, file=files[path]))
                continue
            name = getattr(node.function, "__name__", None)
            details = (node.doc, name, node.module, files[path], graph.is_sink(node), elements_of(node))
            known = before.get(node.name) if node.tags is NO_TAGS else None
            if known is None or known.definition is not definition or known.type is not node.type or known.details != details:
                node_as_view = node_view(graph, node, file=files[path])
                # Take the line numbers from the text, because a reused function may have outdated line numbers.
                node_as_view["line"], node_as_view["end"] = definition.lineno, definition.end_lineno
                known = _DisplayedNode(definition, node.type, details, node_as_view)
            if node.tags is NO_TAGS:
                self._shown[node.name] = known
            nodes.append(known.view)
        return {"nodes": nodes, "edges": edge_views(graph), "problems": []}


def with_provided_values(view: GraphView, graph: Graph, values: Mapping[str, object]) -> GraphView:
    """Return a view that shows the values of inputs and overridden nodes instead of defaults."""
    nodes: list[NodeView] = [
        {**node, "type": type_with_value(graph, graph[node["name"]], values)} if node["name"] in values else node
        for node in view["nodes"]
    ]
    return {**view, "nodes": nodes}


def _definition(node: Node, code: Code) -> _Definition | None:
    """Return the `def` of a node's function, or None if the function was not defined with `def`."""
    name = getattr(node.function, "__name__", "")
    module = node.module or ""
    for _, position in reversed(code.fingerprints.graph.binders(module, name)):
        statement = code.statements(module)[position].node
        if isinstance(statement, _Definition):
            return statement
    return None
