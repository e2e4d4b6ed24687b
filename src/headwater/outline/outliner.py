"""`Outliner`: outlines a dataflow while it is edited. After an edit, only affected code is analyzed again."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from headwater.definitions.functions import Definition
from headwater.encoding.edges import Edges
from headwater.encoding.fields import config_fields
from headwater.encoding.graph import node_view
from headwater.errors import DecoratorWarning
from headwater.graph.graph import Graph
from headwater.graph.node import Node
from headwater.graph.source_order import in_source_order
from headwater.introspection.names import by_normalized_name
from headwater.introspection.source_location import SourceLocation
from headwater.outline.component import Component, FunctionOutline, connected_components, redefinition_diagnostics
from headwater.outline.decorators import SourceFunctions
from headwater.outline.diagnostics import Diagnostic, syntax_diagnostic
from headwater.outline.module import SourceModule
from headwater.outline.scope import SourceScope
from headwater.outline.uncertainty import UncertainFunctions
from headwater.wire.views import GraphView, NodeView

_NOWHERE: Final[Mapping[SourceLocation, int | None]] = {}


class _OutlinedNode(NamedTuple):
    """A node for a function, and the view of the node."""

    node: Node
    is_sink: bool
    view: NodeView


class Outliner:
    """An outliner for the source of a dataflow with one config.

    The view of an unchanged node is the same object as before, so changes are found by comparing identities.

    >>> outliner = Outliner()
    >>> first = outliner.read({"a.py": "def a() -> int: ...", "b.py": "def b(a: int) -> int: ..."})
    >>> second = outliner.read({"a.py": "def a() -> int: ...", "b.py": "def c(a: int) -> int: ..."})
    >>> [node["name"] for node in second["nodes"] if any(node is before for before in first["nodes"])]
    ['a']
    """

    def __init__(self, config: Mapping[str, object] | None = None) -> None:
        self._config = by_normalized_name(config or {})
        self._modules: dict[str, SourceModule] = {}
        """The modules of the latest outline, keyed by file name."""
        self._components: list[Component] = []
        self._previous_views: dict[str, _OutlinedNode] = {}
        """The views of functions in the latest outline, keyed by node name. Nodes with provided values are omitted."""
        self._edges = Edges()

    def read(self, files: Mapping[str, str], *, values: Mapping[str, object] | None = None) -> GraphView:
        """Return the graph of source files and the problems in the files. See `headwater.outline`."""
        diagnostics: list[Diagnostic] = []
        modules = self._parsed(files, diagnostics)
        components = self._components = self._linked(modules)
        component_of = {name: component for component in components for name in component.modules}
        source_functions = {key: value for component in components for key, value in component.source_functions.items()}
        for name in modules:
            diagnostics += component_of[name].decorator_diagnostics[name]
        for name in modules:
            diagnostics += component_of[name].definition_diagnostics[name]
        definitions = [definition for name in modules for definition in component_of[name].definitions[name]]
        nodes = self._nodes(definitions, component_of, source_functions, diagnostics)
        graph, errors = Graph.link(nodes, config=self._config)
        diagnostics += (Diagnostic(error) for error in (*errors, *graph.config_errors))
        diagnostics = list(UncertainFunctions.of(source_functions).downgrade(diagnostics))
        view: GraphView = {
            "nodes": self._node_views(graph, component_of, values or {}),
            "edges": self._edges.of(graph),
            "problems": [diagnostic.view for diagnostic in diagnostics],
        }
        keys = config_fields(definition.function for definition in definitions)
        if keys:
            view["config"] = keys
        return view

    def _parsed(self, files: Mapping[str, str], diagnostics: list[Diagnostic]) -> dict[str, SourceModule]:
        """Return the modules, keyed by name. Modules with unchanged text are reused."""
        modules: dict[str, SourceModule] = {}
        for file, text in files.items():
            if not file.endswith(".py"):
                continue
            module = self._modules.get(file)
            if module is None or module.text != text:
                try:
                    module = SourceModule.parse(file, text)
                except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
                    diagnostics.append(syntax_diagnostic(error, file))
                    continue
            modules[module.name] = module
            diagnostics += redefinition_diagnostics(module)
        return modules

    def _linked(self, modules: dict[str, SourceModule]) -> list[Component]:
        """Return the modules' components. Unchanged components are reused."""
        known = {tuple(component.modules.values()): component for component in self._components}
        components: list[Component] = []
        for group in connected_components(modules):
            component = known.get(tuple(group.values()))
            if component is None:
                # Linking marks names that other modules change, so modules that were linked before are parsed again.
                fresh = {name: self._fresh(module) for name, module in group.items()}
                component = Component.of(fresh)
                modules.update(fresh)
            components.append(component)
        self._modules = {module.file: module for module in modules.values()}
        return components

    def _fresh(self, module: SourceModule) -> SourceModule:
        is_linked = self._modules.get(module.file) is module
        return SourceModule.parse(module.file, module.text) if is_linked else module

    def _nodes(
        self,
        definitions: Sequence[Definition],
        component_of: Mapping[str, Component],
        source_functions: SourceFunctions,
        diagnostics: list[Diagnostic],
    ) -> list[Node]:
        modules = {name: component.modules[name] for name, component in component_of.items()}
        scope = SourceScope(self._config, modules, source_functions, diagnostics)
        warned: dict[str, DecoratorWarning] = {}
        nodes: list[Node] = []
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            for definition in scope.select(definitions):
                outlines = component_of[definition.module].outlines
                outline = outlines.get(definition)
                if outline is None:
                    caught.clear()
                    problems: list[Diagnostic] = []
                    function_nodes = SourceScope(self._config, modules, source_functions, problems).nodes_of_definition(
                        definition
                    )
                    outline = outlines[definition] = FunctionOutline(
                        tuple(function_nodes), tuple(problems), tuple(_decorator_warnings(caught))
                    )
                nodes += outline.nodes
                diagnostics += outline.diagnostics
                # Report each warning only once: a function in several subdags causes the same warning in each of them.
                warned.update((str(warning), warning) for warning in outline.warnings)
        diagnostics += (Diagnostic(warning, warning.location) for warning in warned.values())
        return nodes

    def _node_views(self, graph: Graph, component_of: Mapping[str, Component], values: Mapping[str, object]) -> list[NodeView]:
        before, outlined = self._previous_views, dict[str, _OutlinedNode]()
        ends = {file: component.last_lines for component in component_of.values() for file in component.files}
        views: list[NodeView] = []
        for node in in_source_order(graph):
            previous, is_sink = before.get(node.name), graph.is_sink(node)
            if previous is not None and previous.node is node and previous.is_sink == is_sink and node.name not in values:
                view = previous.view
            else:
                end = ends.get(node.location.file, _NOWHERE).get(node.location)
                view = node_view(graph, node, end=end, values=values)
            views.append(view)
            # Store only the views of functions, because the view of an input also depends on the nodes that use it.
            if node.kind == "function" and node.name not in values:
                outlined[node.name] = _OutlinedNode(node, is_sink, view)
        self._previous_views = outlined
        return views


def _decorator_warnings(caught: Iterable[warnings.WarningMessage]) -> Iterator[DecoratorWarning]:
    return (record.message for record in caught if isinstance(record.message, DecoratorWarning))
