"""The graph of a session as it was built, in the places and the order in which it is written."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, NamedTuple

from headwater.encoding.graph import edge_views, node_view, type_label
from headwater.graph.node import NO_TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.graph.graph import Graph
    from headwater.graph.node import Node
    from headwater.session.code import Code
    from headwater.session.problems import Problems
    from headwater.wire.views import GraphView, NodeView

_Definition = ast.FunctionDef | ast.AsyncFunctionDef


class _ShownNode(NamedTuple):
    """A function without tags, and how it was shown. A type is compared by identity: comparing may run the user's code."""

    definition: _Definition
    type: Any
    said: tuple[object, ...]
    view: NodeView


class BuiltGraphViews:
    """Shows the graphs that a session builds. The view of a function that is shown as before is the same object as before."""

    def __init__(self) -> None:
        self._shown: dict[str, _ShownNode] = {}

    def graph_view(self, graph: Graph, code: Code, problems: Problems) -> GraphView:
        """A graph that was built from the modules of a session."""
        files: dict[str, str | None] = {}
        before, self._shown = self._shown, {}
        nodes: list[NodeView] = []
        for node in _as_written(graph, code):
            path = node.location.file
            if path not in files:
                files[path] = problems.file(path)
            definition = _definition(node, code) if node.kind == "function" else None
            if definition is None:
                nodes.append(node_view(graph, node, file=files[path]))
                continue
            said = (node.doc, getattr(node.function, "__name__", None), node.module, files[path], graph.is_sink(node))
            known = before.get(node.name) if node.tags is NO_TAGS else None
            if known is None or known.definition is not definition or known.type is not node.type or known.said != said:
                view = node_view(graph, node, file=files[path])
                # The text knows better than the function where it stands: the function may be older than the text.
                view["line"], view["end"] = definition.lineno, definition.end_lineno
                known = _ShownNode(definition, node.type, said, view)
            if node.tags is NO_TAGS:
                self._shown[node.name] = known
            nodes.append(known.view)
        return {"nodes": nodes, "edges": edge_views(graph), "problems": []}


def with_provided_values(view: GraphView, graph: Graph, given: Mapping[str, object]) -> GraphView:
    """A view of a graph that shows the values of inputs and of overridden nodes in the place of defaults."""
    nodes: list[NodeView] = [
        {**node, "type": type_label(graph, graph[node["name"]], given)} if node["name"] in given else node
        for node in view["nodes"]
    ]
    return {**view, "nodes": nodes}


def _definition(node: Node, code: Code) -> _Definition | None:
    """The `def` of a node, None if its function is made in another way."""
    name = getattr(node.function, "__name__", "")
    module = node.module or ""
    for _, position in reversed(code.fingerprints.graph.binders(module, name)):
        statement = code.statements(module)[position].node
        if isinstance(statement, _Definition):
            return statement
    return None


def _as_written(graph: Graph, code: Code) -> Iterator[Node]:
    """The nodes in the order in which their functions are written, each input before its first reader."""
    modules = {module: position for position, module in enumerate(code.sources)}
    functions = [node for node in graph if node.kind == "function"]
    functions.sort(key=lambda node: (modules.get(node.module or "", len(modules)), node.location.line))
    shown: set[str] = set()
    for node in functions:
        for read in node.dependencies:
            source = graph.nodes.get(read.source)
            if source is not None and source.kind != "function" and source.name not in shown:
                shown.add(source.name)
                yield source
        yield node
