"""`Plan`: the calls that compute requested outputs, in order. All decisions that do not depend on values are part of the plan.

Every value has a slot, identified by an index. A plan holds the initial contents of the slots (defaults, constants, config) and
the slots of provided values. For each call, it has a step with the slots that the call reads, the slot that it fills, and the
slots that are freed after the call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from headwater.errors import MissingInput, Requirement, raise_all
from headwater.graph.graph import Graph
from headwater.graph.mapped_call import MappedCall
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
    """The slot that receives the value."""
    last_read: tuple[int, ...]
    """The slots to clear after this step. They hold computed values that no later step reads and that are not outputs."""


class Plan(NamedTuple):
    """Steps in topological order."""

    steps: tuple[Step, ...]
    template: tuple[Any, ...]
    """The contents of all slots before the first step."""
    provided: Mapping[str, int]
    """The slots of the inputs and overrides that are read or requested."""
    outputs: Mapping[str, int]
    """The slots of the outputs."""
    is_mapped: bool = False
    """True if a function is called once for each element."""
    missing: Mapping[str, int] = MappingProxyType({})
    """The slots of inputs without a value.

    Only a run with a schedule allows missing inputs: the run skips the steps that read them.
    """

    def source(self, *, omit_checks: bool = False) -> str:
        """Return the plan as a Python program that runs without Headwater.

        The program defines a `compute` function. This function takes the inputs and overrides by keyword, calls your functions
        in the order of the plan, and returns the outputs in a dictionary. The program runs no hooks and no result builder.

        The program imports your functions from their modules. If a module imports Headwater, the program includes the code of
        its functions instead, without Headwater's decorators.

        Args:
            omit_checks: True to leave out value checks. By default, a plan with checks cannot be written as a program.

        Raises:
            NotWritable: plain Python cannot compute a node. The error names the node and the reason. `SeveralErrors` if there
                are several such nodes.
        """
        from headwater.planning.program import program_text  # imported lazily: a run does not need it

        return program_text(self, omit_checks=omit_checks)


def plan(
    graph: Graph, outputs: Iterable[str], provided: Iterable[str] = (), *, needed: Mapping[str, str | None] | None = None
) -> Plan:
    """Return the plan that computes `outputs` from values for the names in `provided`.

    Pass the result of `needed_for` as `needed` to skip the search for missing inputs.

    Raises:
        UnknownNode: an output is neither in the graph nor provided.
        MissingInput: a needed input has no default and is not provided. `SeveralErrors` if there are several such inputs.
    """
    requested = list(dict.fromkeys(outputs))
    provided_names = frozenset(provided)
    if needed is None:
        needed = needed_for(graph, requested, provided_names)
        raise_all(missing_inputs(graph, needed, provided_names))
    nodes = {name: node for name, node in graph.nodes.items() if name in needed}
    return plan_of(nodes, requested, provided_names)


def plan_of(nodes: Mapping[str, Node], outputs: Iterable[str], provided: frozenset[str]) -> Plan:
    """Return the plan that computes `outputs`.

    Args:
        nodes: the nodes that the outputs need, keyed by name, in topological order.
        outputs: the names of nodes or provided values.
        provided: the names of the values that the run receives.
    """
    return _Slots(nodes, provided).plan(nodes.values(), list(outputs))


def needed_for(graph: Graph, outputs: Iterable[str], provided: frozenset[str]) -> dict[str, str | None]:
    """Return the names that the outputs need, each with the first name that needs it, or with None for an output."""
    needed_by: dict[str, str | None] = {name if name in provided else graph[name].name: None for name in outputs}
    names = list(needed_by)
    for name in names:  # grows during the loop
        if name in provided:
            continue
        for dependency in graph.nodes[name].dependencies:
            source = dependency.source
            if source in needed_by or (dependency.optional and _is_unset(graph.nodes[source], provided)):
                continue
            needed_by[source] = name
            names.append(source)
    return needed_by


def _is_unset(source: Node, provided: frozenset[str]) -> bool:
    """Return True for an input that is not provided."""
    return source.kind == "input" and source.name not in provided


def missing_inputs(
    graph: Graph, needed_by: Mapping[str, str | None], provided: frozenset[str], *, unread: Sequence[str] = ()
) -> list[MissingInput]:
    """Return an error for each needed input that has no default and is not provided.

    `unread` contains the provided names that nothing reads. They are used for suggestions.
    """
    errors: list[MissingInput] = []
    for name in needed_by:
        if name in provided or not _is_unset(graph.nodes[name], provided):
            continue
        readers = [
            graph.nodes[reader]
            for reader in graph.consumers[name]
            if reader in needed_by
            and reader not in provided
            and any(read.source == name and not read.optional for read in graph.nodes[reader].dependencies)
        ] or [graph.nodes[name]]
        requirements = [
            Requirement(node.name, node.location, signature(node), _path(needed_by, node.name, name)) for node in readers
        ]
        excluded_variants = graph.excluded_variants.get(name, ())
        errors.append(MissingInput(name, requirements, unread=unread, known=graph.nodes, excluded_variants=excluded_variants))
    return errors


def _path(needed_by: Mapping[str, str | None], reader: str, missing: str) -> tuple[str, ...]:
    """Return the path from a requested output through the reader to the missing name."""
    path = [missing] if reader == missing else [missing, reader]
    while (consumer := needed_by.get(path[-1])) is not None:
        path.append(consumer)
    return tuple(reversed(path))


def signature(node: Node) -> str:
    """Return the signature of a node's function: `total(price: int, rate: int = 2)`."""
    parameters = []
    for dependency in node.dependencies:
        default = f" = {dependency.default!r}" if dependency.optional else ""
        parameters.append(f"{dependency.parameter}: {typing_rules.format_type(dependency.type)}{default}")
    return f"{node.name}({', '.join(parameters)})"


PlannedCall = tuple[Node, Callable[..., Any], tuple[int, ...], int]
"""A step without its `last_read`: node, callable, arguments and result."""


class _Slots:
    """The assignment of slots to values while a plan is built."""

    def __init__(self, nodes: Mapping[str, Node], provided: frozenset[str]) -> None:
        self._nodes = nodes
        self._provided = provided
        self._contents: list[Any] = []
        self._by_name: dict[str, int] = {}

    def plan(self, nodes: Iterable[Node], outputs: Sequence[str]) -> Plan:
        """Return the plan for nodes in topological order."""
        calls: list[PlannedCall] = []
        is_mapped = False
        provided: dict[str, int] = {}
        missing: dict[str, int] = {}
        for node in nodes:
            name, call = node.name, node.call
            if name in self._provided:
                provided[name] = self._assign(name, None)
            elif node.kind == "input":
                missing[name] = self._assign(name, None)
            elif call is None:  # a config value
                self._assign(name, node.value)
            else:
                is_mapped = is_mapped or type(call) is MappedCall
                arguments = self._arguments(node.arguments)
                calls.append((node, call, arguments, self._assign(name, None)))
        for name in outputs:
            if name not in self._by_name:  # a provided value that nothing in the graph reads
                provided[name] = self._assign(name, None)
        output_slots = {name: self._by_name[name] for name in outputs}
        temporary = {result for _, _, _, result in calls} - set(output_slots.values())
        return Plan(steps_of(calls, temporary), tuple(self._contents), provided, output_slots, is_mapped, missing)

    def _assign(self, name: str, content: Any) -> int:
        contents = self._contents
        slot = self._by_name[name] = len(contents)
        contents.append(content)
        return slot

    def _arguments(self, arguments: Sequence[Dependency | Constant]) -> tuple[int, ...]:
        slots: list[int] = []
        contents, by_name = self._contents, self._by_name
        for argument in arguments:
            if isinstance(argument, Constant):
                slots.append(len(contents))
                contents.append(argument.value)
            elif argument.default is not REQUIRED and (
                argument.source not in by_name or _is_unset(self._nodes[argument.source], self._provided)
            ):
                slots.append(len(contents))
                contents.append(argument.default)
            else:
                slots.append(by_name[argument.source])
        return tuple(slots)


def steps_of(calls: Sequence[PlannedCall], temporary: set[int]) -> tuple[Step, ...]:
    """Return the calls as steps. `temporary` slots are cleared after the last step that reads them."""
    steps: list[Step] = []
    for node, call, arguments, result in reversed(calls):
        last_read: list[int] = []
        for slot in arguments:
            if slot in temporary:
                temporary.remove(slot)
                last_read.append(slot)
        steps.append(Step(node, call, arguments, result, tuple(last_read)))
    steps.reverse()
    return tuple(steps)
