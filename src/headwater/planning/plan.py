"""`Plan`: what to call, in which order, for some wanted outputs; everything that can be decided before running is decided here.

Every value has a slot, a number. A plan holds the slots' first contents (defaults, constants, config), where given values go,
and one step for each call, with the slots that it reads and fills, and those that nothing reads after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from headwater.errors import MissingInput, Requirement, raise_all
from headwater.graph.graph import Graph
from headwater.graph.node import Constant, Dependency, Node
from headwater.graph.operation import REQUIRED
from headwater.types import typing_rules


class Step(NamedTuple):
    """One call."""

    node: Node
    call: Callable[..., Any]
    arguments: tuple[int, ...]
    """The slots of the call's arguments, in order."""
    result: int
    """The slot that the value goes to."""
    last_read: tuple[int, ...]
    """Slots of computed values that no later step reads and nobody wants: they are emptied after this step."""


class Plan(NamedTuple):
    """Steps in an order in which each comes after what it needs."""

    steps: tuple[Step, ...]
    template: tuple[Any, ...]
    """The contents of all slots before the first step."""
    given: Mapping[str, int]
    """The slots of the inputs and overrides that the steps read or that are themselves wanted."""
    outputs: Mapping[str, int]
    """The slots of the wanted values."""
    missing: Mapping[str, int] = MappingProxyType({})
    """The slots of inputs without a value. Only a run with a schedule can have some: it does not call what reads them."""

    def explain(self) -> str:
        """The calls in their order, a line each: what is made from what."""
        width = max((len(step.node.name) for step in self.steps), default=0)
        lines = []
        for step in self.steps:
            sources = ", ".join(dependency.source for dependency in step.node.dependencies)
            lines.append(f"{step.node.name:<{width}}  from  {sources or 'nothing'}".rstrip())
        return "\n".join(lines)


def plan(
    graph: Graph, outputs: Iterable[str], given: Iterable[str] = (), *, needed: Mapping[str, str | None] | None = None
) -> Plan:
    """The plan that computes `outputs` when values for the names in `given` are at hand.

    `needed` is what `needed_for` returns for them, if the caller has it already and has looked for missing inputs.

    Raises:
        UnknownNode: for an output that is neither in the graph nor given.
        MissingInput: or `SeveralErrors`, for inputs that are needed, without default and not given.
    """
    wanted = list(dict.fromkeys(outputs))
    names_given = frozenset(given)
    if needed is None:
        needed = needed_for(graph, wanted, names_given)
        raise_all(missing_inputs(graph, needed, names_given))
    return _Slots(graph, names_given).plan([graph.nodes[name] for name in graph.nodes if name in needed], wanted)


def needed_for(graph: Graph, outputs: Iterable[str], given: frozenset[str]) -> dict[str, str | None]:
    """What has to be there for the outputs: each name with the one that it was first wanted for (None for an output)."""
    wanted_for: dict[str, str | None] = {name if name in given else graph[name].name: None for name in outputs}
    waiting = list(wanted_for)
    for name in waiting:  # grows while it is walked
        if name in given:
            continue
        for dependency in graph.nodes[name].dependencies:
            source = dependency.source
            if source in wanted_for or (dependency.optional and _is_unset(graph.nodes[source], given)):
                continue
            wanted_for[source] = name
            waiting.append(source)
    return wanted_for


def _is_unset(source: Node, given: frozenset[str]) -> bool:
    """True for an input that nobody gives: a function with a default for it does without."""
    return source.kind == "input" and source.name not in given


def missing_inputs(
    graph: Graph, wanted_for: Mapping[str, str | None], given: frozenset[str], *, unread: Sequence[str] = ()
) -> list[MissingInput]:
    """An error for each needed input that has no default and is not given.

    `unread` are names that the caller gave and nothing reads, for better messages.
    """
    errors: list[MissingInput] = []
    for name in wanted_for:
        if name in given or not _is_unset(graph.nodes[name], given):
            continue
        readers = [
            graph.nodes[reader]
            for reader in graph.consumers[name]
            if reader in wanted_for
            and reader not in given
            and any(one.source == name and not one.optional for one in graph.nodes[reader].dependencies)
        ] or [graph.nodes[name]]
        requirements = [
            Requirement(node.name, node.location, signature(node), _path(wanted_for, node.name, name)) for node in readers
        ]
        excluded_variants = graph.excluded_variants.get(name, ())
        errors.append(MissingInput(name, requirements, unread=unread, known=graph.nodes, excluded_variants=excluded_variants))
    return errors


def _path(wanted_for: Mapping[str, str | None], reader: str, missing: str) -> tuple[str, ...]:
    """From a wanted output, through the reader, to the missing name."""
    path = [missing] if reader == missing else [missing, reader]
    while (above := wanted_for.get(path[-1])) is not None:
        path.append(above)
    return tuple(reversed(path))


def signature(node: Node) -> str:
    """A node's function as it would be called: `total(price: int, rate: int = 2)`."""
    parameters = []
    for dependency in node.dependencies:
        default = f" = {dependency.default!r}" if dependency.optional else ""
        parameters.append(f"{dependency.parameter}: {typing_rules.format_type(dependency.type)}{default}")
    return f"{node.name}({', '.join(parameters)})"


_Call = tuple[Node, Callable[..., Any], tuple[int, ...], int]
"""A step before it is known which of its slots are read for the last time: its node, callable, arguments and result."""


class _Slots:
    """Hands out slots while a plan is made."""

    def __init__(self, graph: Graph, given: frozenset[str]) -> None:
        self._nodes = graph.nodes
        self._given = given
        self._contents: list[Any] = []
        self._of_name: dict[str, int] = {}

    def plan(self, nodes: Sequence[Node], outputs: Sequence[str]) -> Plan:
        """The plan over nodes that are in topological order."""
        calls: list[_Call] = []
        given: dict[str, int] = {}
        missing: dict[str, int] = {}
        for node in nodes:
            name, call = node.name, node.call
            if name in self._given:
                given[name] = self._named(name, None)
            elif node.kind == "input":
                missing[name] = self._named(name, None)
            elif call is None:  # a config value
                self._named(name, node.value)
            else:
                arguments = self._arguments(node.arguments)
                calls.append((node, call, arguments, self._named(name, None)))
        for name in outputs:
            if name not in self._of_name:  # a given value that nothing in the graph reads
                given[name] = self._named(name, None)
        wanted = {name: self._of_name[name] for name in outputs}
        freed = {result for _, _, _, result in calls} - set(wanted.values())
        return Plan(_steps(calls, freed), tuple(self._contents), given, wanted, missing)

    def _named(self, name: str, content: Any) -> int:
        contents = self._contents
        slot = self._of_name[name] = len(contents)
        contents.append(content)
        return slot

    def _arguments(self, arguments: Sequence[Dependency | Constant]) -> tuple[int, ...]:
        slots: list[int] = []
        contents, of_name = self._contents, self._of_name
        for argument in arguments:
            if isinstance(argument, Constant):
                slots.append(len(contents))
                contents.append(argument.value)
            elif argument.default is not REQUIRED and _is_unset(self._nodes[argument.source], self._given):
                slots.append(len(contents))
                contents.append(argument.default)
            else:
                slots.append(of_name[argument.source])
        return tuple(slots)


def _steps(calls: Sequence[_Call], freed: set[int]) -> tuple[Step, ...]:
    """The calls as steps; `freed` are the slots that may be emptied once nothing reads them any more."""
    steps: list[Step] = []
    for node, call, arguments, result in reversed(calls):
        read_last: list[int] = []
        for slot in arguments:
            if slot in freed:
                freed.remove(slot)
                read_last.append(slot)
        steps.append(Step(node, call, arguments, result, tuple(read_last)))
    steps.reverse()
    return tuple(steps)
