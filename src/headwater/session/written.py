"""The graph of a session as it was built, in the places and the order in which it is written."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from headwater.graph_view import displayed_type, edge_views, node_view

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.graph import Graph
    from headwater.node import Node
    from headwater.session.code import Code
    from headwater.session.problems import Problems
    from headwater.views import GraphView, NodeView


def graph_view(graph: Graph, code: Code, problems: Problems) -> GraphView:
    """A graph that was built from the modules of a session."""
    files = {path: problems.file(path) for path in {node.place.file for node in graph}}
    nodes = [_view(graph, node, code, files[node.place.file]) for node in _as_written(graph, code)]
    return {"nodes": nodes, "edges": edge_views(graph), "problems": []}


def with_given(view: GraphView, graph: Graph, given: Mapping[str, object]) -> GraphView:
    """A view of a graph that shows the values of inputs and of overridden nodes in the place of defaults."""
    nodes: list[NodeView] = [
        {**node, "type": displayed_type(graph, graph[node["name"]], given)} if node["name"] in given else node
        for node in view["nodes"]
    ]
    return {**view, "nodes": nodes}


def _view(graph: Graph, node: Node, code: Code, file: str | None) -> NodeView:
    shown = node_view(graph, node, file=file)
    definition = _definition(node, code) if node.kind == "function" else None
    # The text knows better than the function where it stands: the function may be older than the text.
    return shown if definition is None else {**shown, "line": definition.lineno, "end": definition.end_lineno}


def _definition(node: Node, code: Code) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    """The `def` of a node, None if its function is made in another way."""
    name = getattr(node.function, "__name__", "")
    module = node.module or ""
    for _, position in reversed(code.fingerprints.graph.binders(module, name)):
        statement = code.statements(module)[position].node
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return statement
    return None


def _as_written(graph: Graph, code: Code) -> Iterator[Node]:
    """The nodes in the order in which their functions are written, each input before its first reader."""
    modules = {module: position for position, module in enumerate(code.sources)}
    functions = [node for node in graph if node.kind == "function"]
    functions.sort(key=lambda node: (modules.get(node.module or "", len(modules)), node.place.line))
    shown: set[str] = set()
    for node in functions:
        given = (graph[name] for name in graph.sources_of(node.name) if graph[name].kind != "function")
        for shown_next in (*given, node):
            if shown_next.name not in shown:
                shown.add(shown_next.name)
                yield shown_next
