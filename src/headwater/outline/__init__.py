"""Source text to a graph, by reading alone: nothing is imported or run.

`outline` shows what the driver would build: the same nodes, edges and messages, for whatever the text can tell. It calls
Headwater's own decorators with the arguments that are written there, and links the nodes with the same code as the driver.

- Nodes are the public functions that a module defines at its top level, also within `if`, `try`, `with` and loops, since a
  run may reach them; not within `if TYPE_CHECKING:` and `if __name__ == "__main__":`. Of two branches that define the same
  name, the first is taken.
- Types are what the annotations say, of other libraries by their names only; where a type is known by its name only, it
  fits everything.
- Decorator arguments may be constant expressions (literals, comprehensions, f-strings, operators, some builtin functions and
  methods), names for such, also from another module of the dataflow, and types. Names that are bound twice or changed in
  place are unknown. A decorator with unknown arguments is left out and pointed at with a warning.
- Decorators of other libraries are taken to leave the function as it is.
- No error is reported that a run may not have: where a run may make something else of a function than its text tells, errors
  about it are warnings.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence

from headwater.errors import DecoratorWarning, HeadwaterError
from headwater.fields import config_fields
from headwater.functions import Definition, selected
from headwater.graph import Graph
from headwater.graph_view import edge_views, node_view
from headwater.names import by_name
from headwater.node import Node
from headwater.outline.decorators import StandIn, StandIns, decorate
from headwater.outline.doubts import Doubts
from headwater.outline.findings import Finding, OutlineWarning, of_syntax
from headwater.outline.module import SourceModule, link
from headwater.outline.scope import SourceScope, public
from headwater.place import Place
from headwater.views import GraphView, ProblemView

__all__ = ["outline", "redefinitions"]


def outline(
    files: Mapping[str, str], config: Mapping[str, object] | None = None, *, given: Mapping[str, object] | None = None
) -> GraphView:
    """The dataflow that some files describe, and what is wrong with it; never raises for what the files say.

    `files` holds texts by file name; those that end in `.py` are the modules of one dataflow, in this order. `config`
    decides between variants (`@config.when(...)`) as it does for the driver. `given` holds values of inputs and of
    overridden nodes, which are shown in the place of defaults.

    >>> view = outline({"prices.py": "def total(price: float, tax: float = 0.2) -> float: ..."})
    >>> [(node["name"], node["kind"], node["type"]) for node in view["nodes"]]
    [('price', 'input', 'float'), ('tax', 'input', 'float = 0.2'), ('total', 'function', 'float')]
    """
    findings: list[Finding] = []
    config = by_name(config or {})
    modules = _modules(files, findings)
    link(modules)
    stand_ins = _stand_ins(modules, findings)
    definitions = _definitions(modules, stand_ins, findings)
    scope = SourceScope(config, modules, stand_ins, findings)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        nodes = scope.nodes(definitions)
    # A function in several subdags warns in each of them.
    warned = {str(one.message): one.message for one in caught if isinstance(one.message, DecoratorWarning)}
    findings += (Finding(warning, warning.place) for warning in warned.values())
    graph, errors = Graph.linked(nodes, config=config)
    findings += (Finding(error) for error in (*errors, *graph.config_faults))
    findings = list(Doubts.of(stand_ins).judged(findings))
    ends = {Place(one.module.file, one.source.lineno): one.source.end_lineno for one in stand_ins.values()}
    view: GraphView = {
        "nodes": [node_view(graph, node, end=ends.get(node.place), given=given) for node in _as_written(graph, nodes)],
        "edges": edge_views(graph),
        "problems": [finding.view for finding in findings],
    }
    keys = config_fields(definition.function for definition in definitions)
    if keys:
        view["config"] = keys
    return view


def _modules(files: Mapping[str, str], findings: list[Finding]) -> dict[str, SourceModule]:
    modules: dict[str, SourceModule] = {}
    for file, text in files.items():
        if not file.endswith(".py"):
            continue
        try:
            module = SourceModule.parsed(file, text)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            findings.append(of_syntax(error, file))
            continue
        modules[module.name] = module
        findings += _redefinitions(module)
    return modules


def redefinitions(file: str, text: str) -> list[ProblemView]:
    """Warnings of functions that a later one of the same name hides. A built graph does not show that they were there."""
    return [finding.view for finding in _redefinitions(SourceModule.parsed(file, text))]


def _redefinitions(module: SourceModule) -> Iterator[Finding]:
    for hidden, kept in module.redefined:
        first, second = Place(module.file, hidden.lineno), Place(module.file, kept.lineno)
        twice = f"`{kept.name}` is defined twice, at {first} and at {second}: Python keeps the later. Rename or remove one."
        yield Finding(OutlineWarning(twice, kept.name), second, kept.col_offset + 1)


def _stand_ins(modules: Mapping[str, SourceModule], findings: list[Finding]) -> StandIns:
    """What stands for each function, private ones too, with its decorators noted on it."""
    stand_ins = {
        (module.name, name): StandIn(function, module)
        for module in modules.values()
        for name, function in module.functions.items()
    }
    for one in stand_ins.values():
        findings += decorate(one, one.source, one.module, modules, stand_ins)
    return stand_ins


def _definitions(modules: Mapping[str, SourceModule], stand_ins: StandIns, findings: list[Finding]) -> list[Definition]:
    """The public functions, in the order in which they are written, without those whose names are wrong."""
    definitions: list[Definition] = []
    for definition in (found for module in modules.values() for found in public(module, stand_ins)):
        try:
            if definition.conditions:
                selected([definition], {})
        except HeadwaterError as error:
            findings.append(Finding(error))
        else:
            definitions.append(definition)
    return definitions


def _as_written(graph: Graph, nodes: Sequence[Node]) -> Iterator[Node]:
    """The nodes of a graph in the order in which their functions are written, each input before its first reader.

    Config values that no node reads are left out: the page lists them beside the graph.
    """
    shown: set[str] = set()
    for node in (one for one in nodes if one.name in graph):  # one with too long a name is not
        for name in (*graph.sources_of(node.name), node.name):
            if name not in shown and (name == node.name or graph[name].kind != "function"):
                shown.add(name)
                yield graph[name]
    yield from (node for node in graph if node.name not in shown and not graph.is_unread_config(node))
