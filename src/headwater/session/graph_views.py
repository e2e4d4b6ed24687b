"""Views of the graphs that a session builds, with nodes in source order and source locations taken from the text."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from headwater.encoding.edges import Edges
from headwater.encoding.graph import node_view, type_with_value
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
    """The view of a node without tags, and the data from which the view was created."""

    node: Node
    definition: _Definition
    file: str | None
    is_output: bool
    view: NodeView

    def shows(self, node: Node, definition: _Definition, file: str | None, *, is_output: bool) -> bool:
        """Return whether the view is still correct for a node with this definition and location."""
        if self.definition is not definition or (self.file, self.is_output) != (file, is_output):
            return False
        if self.node is node:
            return True
        # Compare types by identity: `==` may run user code.
        return self.node.type is node.type and _details(self.node) == _details(node)


class _DisplayedGraph(NamedTuple):
    """The view of a graph, and the data from which the view was created."""

    graph: Graph
    code: Code
    view: GraphView

    def shows(self, graph: Graph, code: Code) -> bool:
        """Return whether this is the view of a graph. An unchanged graph that is built again has the same nodes."""
        if self.code is not code or self.graph.defined != graph.defined or list(self.graph.nodes) != list(graph.nodes):
            return False
        return all(map(_looks_the_same, self.graph, graph))


class BuiltGraphViews:
    """Creates views of the graphs that a session builds. The view of an unchanged function stays the same object."""

    def __init__(self) -> None:
        self._latest: _DisplayedGraph | None = None
        self._shown: dict[str, _DisplayedNode] = {}
        self._edges = Edges()

    def view(self, graph: Graph, code: Code, problems: Problems) -> GraphView:
        """Return the view of a graph that was built from the modules in a session."""
        if self._latest is None or not self._latest.shows(graph, code):
            self._latest = _DisplayedGraph(graph, code, self._create_view(graph, code, problems))
        return {**self._latest.view}

    def _create_view(self, graph: Graph, code: Code, problems: Problems) -> GraphView:
        files: dict[str, str | None] = {}
        definitions = _Definitions(code)
        before, self._shown = self._shown, {}
        nodes: list[NodeView] = []
        for node in in_source_order(graph):
            path = node.location.file
            if path not in files:
                files[path] = problems.file(path)
            definition = definitions.of(node) if node.kind == "function" else None
            if definition is None:
                nodes.append(node_view(graph, node, file=files[path]))
                continue
            known = before.get(node.name) if node.tags is NO_TAGS else None
            is_output = graph.is_sink(node)
            if known is None or not known.shows(node, definition, files[path], is_output=is_output):
                view = node_view(graph, node, file=files[path])
                # Take the line numbers from the text, because a reused function may have outdated line numbers.
                view["line"], view["end"] = definition.lineno, definition.end_lineno
            else:
                view = known.view
            if node.tags is NO_TAGS:
                self._shown[node.name] = _DisplayedNode(node, definition, files[path], is_output, view)
            nodes.append(view)
        return {"nodes": nodes, "edges": self._edges.of(graph), "problems": []}


def _looks_the_same(node: Node, other: Node) -> bool:
    """Return whether a node certainly has the same view as another node with the same name and definition."""
    if node is other:
        return True
    if node.kind != other.kind or node.kind == "config" or node.type is not other.type:
        return False
    sources, other_sources = ([read.source for read in each.dependencies] for each in (node, other))
    return (sources, node.explicit_location, dict(node.tags), _details(node)) == (
        other_sources, other.explicit_location, dict(other.tags), _details(other)
    )  # fmt: skip


def _details(node: Node) -> tuple[object, ...]:
    return node.doc, getattr(node.function, "__name__", None), node.module, elements_of(node)


def with_provided_values(view: GraphView, graph: Graph, values: Mapping[str, object]) -> GraphView:
    """Return a view that shows the values of inputs and overridden nodes instead of defaults."""
    if not values:
        return view
    nodes: list[NodeView] = [
        {**node, "type": type_with_value(graph, graph[node["name"]], values)} if node["name"] in values else node
        for node in view["nodes"]
    ]
    return {**view, "nodes": nodes}


class _Definitions:
    """The definitions of functions in the code of a session. Many nodes may share a function."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self._known: dict[tuple[str, str], _Definition | None] = {}

    def of(self, node: Node) -> _Definition | None:
        """Return the `def` of a node's function, or None if the function was not defined with `def`."""
        function = node.module or "", getattr(node.function, "__name__", "")
        if function not in self._known:
            self._known[function] = self._find(*function)
        return self._known[function]

    def _find(self, module: str, name: str) -> _Definition | None:
        for _, position in reversed(self._code.fingerprints.graph.binders(module, name)):
            statement = self._code.statements(module)[position].node
            if isinstance(statement, _Definition):
                return statement
        return None
