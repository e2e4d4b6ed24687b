"""`Graph`: nodes linked by name and checked once; never changed after."""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, Never

from headwater import typing_rules
from headwater.errors import (
    CycleError,
    DuplicateNode,
    HeadwaterError,
    IncompatibleInput,
    IncompatibleTypes,
    LongName,
    UnknownNode,
    raise_all,
)
from headwater.node import Dependency, Node
from headwater.type_forms import variables


class Graph:
    """A checked dataflow.

    `nodes` holds every node by name, inputs included, in topological order: each after what it needs.
    `Graph.of(...)` builds one; the constructor trusts what it is given.
    """

    __slots__ = ("consumers", "nodes")

    nodes: Mapping[str, Node]
    consumers: Mapping[str, tuple[str, ...]]
    """For each node, the names of the nodes that read it."""

    def __init__(self, nodes: Mapping[str, Node]) -> None:
        self.nodes = MappingProxyType(dict(nodes))
        self.consumers = MappingProxyType(_consumers(nodes))

    @classmethod
    def of(cls, nodes: Iterable[Node], *, config: Mapping[str, Any] | None = None, allow_overrides: bool = False) -> Graph:
        """Links and checks nodes.

        A config value with a node's name takes the node's place. With `allow_overrides`, a later definition of a name
        from another module, or of a function that was handed over by itself, replaces an earlier one.

        Raises:
            LongName, DuplicateNode, IncompatibleTypes, IncompatibleInput, CycleError: or `SeveralErrors` with all that
                were found.
        """
        graph, errors = cls.linked(nodes, config=config, allow_overrides=allow_overrides)
        raise_all(errors)
        return graph

    @classmethod
    def linked(
        cls, nodes: Iterable[Node], *, config: Mapping[str, Any] | None = None, allow_overrides: bool = False
    ) -> tuple[Graph, tuple[HeadwaterError, ...]]:
        """As `of`, with the errors beside the graph instead of raised: a graph to be shown, and not to be run."""
        errors: list[HeadwaterError] = []
        made = _by_name(_well_named(nodes, errors), errors, allow_overrides=allow_overrides)
        made.update(_config_nodes(made, config or {}))
        inputs = _inputs(made, errors)
        linked = {**inputs, **made}
        order, cycles = _depth_first(linked)
        errors += _type_errors(linked, order)
        errors += cycles
        return cls({name: linked[name] for name in order}), tuple(errors)

    def __getitem__(self, name: str) -> Node:
        try:
            return self.nodes[name]
        except KeyError:
            raise UnknownNode(name, self.nodes) from None

    def __contains__(self, name: object) -> bool:
        return name in self.nodes

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes.values())

    def __len__(self) -> int:
        return len(self.nodes)

    @property
    def inputs(self) -> tuple[Node, ...]:
        """The nodes that no function makes and config does not give."""
        return tuple(node for node in self if node.kind == "input")

    @property
    def sinks(self) -> tuple[Node, ...]:
        """The function nodes that no other node reads: what a run computes when no outputs are requested."""
        return tuple(node for node in self if self.is_sink(node))

    def is_sink(self, node: Node) -> bool:
        """True for a function node that no other node reads."""
        return node.kind == "function" and not self.consumers[node.name] and not node.is_received

    def sources_of(self, name: str) -> tuple[str, ...]:
        """The names that a node reads directly, each once."""
        found = dict.fromkeys(dependency.source for dependency in self[name].dependencies)
        return tuple(source for source in found if source in self.nodes)

    def upstream(self, names: Iterable[str], *, given: Container[str] = ()) -> tuple[Node, ...]:
        """The named nodes and all that they need, in topological order; for those in `given`, nothing is needed."""
        return self._reached(names, lambda name: () if name in given else self.sources_of(name))

    def downstream(self, names: Iterable[str]) -> tuple[Node, ...]:
        """The named nodes and all that need them, in topological order."""
        return self._reached(names, self.consumers.__getitem__)

    def between(self, upstream: str, downstream: str) -> tuple[Node, ...]:
        """The nodes on any path from one node to another, both included, in topological order; empty without a path."""
        below = {node.name for node in self.downstream([upstream])}
        return tuple(node for node in self.upstream([downstream]) if node.name in below) if downstream in below else ()

    def _reached(self, names: Iterable[str], neighbours: Any) -> tuple[Node, ...]:
        reached: set[str] = set()
        waiting = [self[name].name for name in names]
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting.extend(neighbours(name))
        return tuple(node for name, node in self.nodes.items() if name in reached)


def _well_named(nodes: Iterable[Node], errors: list[HeadwaterError]) -> Iterator[Node]:
    """The nodes without those that have or read a name that is too long."""
    for node in nodes:
        names = (node.name, *(dependency.source for dependency in node.dependencies))
        if all(len(name) <= LongName.LONGEST for name in names):
            yield node
        else:
            errors.append(LongName(max(names, key=len), node.place))


def _by_name(nodes: Iterable[Node], errors: list[HeadwaterError], *, allow_overrides: bool) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for node in nodes:
        earlier = found.get(node.name)
        if earlier is not None and not (allow_overrides and _replaces(node, earlier)):
            errors.append(DuplicateNode(node.name, earlier.place, node.place, replaceable=_replaces(node, earlier)))
        else:
            found[node.name] = node
    return found


def _replaces(later: Node, earlier: Node) -> bool:
    """True if the two were handed over apart, so that the later may replace the earlier where that is allowed."""
    if earlier.module != later.module:
        return True
    return (earlier.by_itself or later.by_itself) and earlier.function is not later.function


def _config_nodes(made: Mapping[str, Node], config: Mapping[str, Any]) -> dict[str, Node]:
    """Config values that somebody reads, or that stand in for a function, as nodes with a fixed value."""
    readers = {dependency.source: node for node in made.values() for dependency in node.dependencies}
    nodes = {}
    for name, value in config.items():
        neighbour = made.get(name) or readers.get(name)
        if neighbour is not None:
            nodes[name] = Node(name=name, type=type(value), place=neighbour.place, kind="config", value=value)
    return nodes


class _Read(NamedTuple):
    """A type with which an input is read, and the first node that reads it so."""

    type: Any
    reader: Node


def _inputs(made: Mapping[str, Node], errors: list[HeadwaterError]) -> dict[str, Node]:
    """A node for each name that is read and not made, of a type that all its readers take.

    What readers agree on does not depend on their order: each two types are compared, and then all of them together.
    """
    reads: dict[str, list[_Read]] = {}
    for node in made.values():
        for dependency in node.dependencies:
            name, type_ = dependency.source, dependency.type
            if name in made:
                continue
            known = reads.get(name)
            if known is None:
                reads[name] = [_Read(type_, node)]
            elif type_ is not known[0].type and all(type_ != read.type for read in known):
                known.append(_Read(type_, node))
    return {name: _input(name, of_name, errors) for name, of_name in reads.items()}


def _input(name: str, reads: Sequence[_Read], errors: list[HeadwaterError]) -> Node:
    first = reads[0]
    node = Node(name=name, type=first.type, place=first.reader.place, kind="input")
    if len(reads) == 1:
        return node
    from headwater.shared_types import shared  # most inputs are read with one type

    agreed = first.type
    for others in (*itertools.combinations(reads, 2), reads):
        agreed = shared([read.type for read in others])
        if agreed is Never:
            shown = typing_rules.displayed_apart(*(read.type for read in others))
            listed = [(read.reader.name, text, read.reader.place) for read, text in zip(others, shown, strict=True)]
            errors.append(IncompatibleInput(name, *listed))
            return node
    return node if agreed is first.type else node.replaced(type=agreed)


def _type_errors(linked: Mapping[str, Node], order: Sequence[str]) -> Iterator[IncompatibleTypes]:
    solved = _solved_types(linked, order)
    for node in linked.values():
        for dependency in node.dependencies:
            producer = linked[dependency.source]
            if producer.kind == "input":
                continue
            type_ = solved.get(producer.name, producer.type) if solved else producer.type
            if _fits(producer, type_, dependency):
                continue
            made, wanted = typing_rules.displayed_apart(type_, dependency.type)
            yield IncompatibleTypes(
                producer=producer.name,
                made=made,
                producer_place=producer.place,
                consumer=node.name,
                parameter=dependency.parameter,
                wanted=wanted,
                consumer_place=node.place,
                hint=typing_rules.hint(type_, dependency.type),
            )


def _fits(producer: Node, type_: Any, dependency: Dependency) -> bool:
    if producer.kind == "config":
        return typing_rules.is_instance(producer.value, dependency.type)
    return typing_rules.fits(type_, dependency.type)


def _solved_types(linked: Mapping[str, Node], order: Sequence[str]) -> dict[str, Any]:
    """What generic functions return in this graph, where their parameters tell: `same(x: T) -> T` returns what `x` is."""
    solved: dict[str, Any] = {}
    for node in [node for name in order if not isinstance((node := linked[name]).type, type)]:
        if node.kind != "function" or not (free := variables(node.type)):
            continue
        from headwater.type_variables import bind, solved_type  # most functions are not generic

        found: dict[Any, list[Any]] = {}
        for dependency in node.dependencies:
            source = linked[dependency.source]
            known = Any if dependency.optional else solved.get(source.name, source.type)
            bind(dependency.type, known, found)
        # A decorator has fixed some of the parameters: they may have been of the variable's type, too.
        is_known = len(node.dependencies) == len(node.arguments)
        solved[node.name] = solved_type(node.type, {one: found[one] for one in free if one in found and is_known})
    return solved


def _consumers(nodes: Mapping[str, Node]) -> dict[str, tuple[str, ...]]:
    consumers: dict[str, list[str]] = {name: [] for name in nodes}
    for node in nodes.values():
        for source in dict.fromkeys(dependency.source for dependency in node.dependencies):
            if source in consumers:
                consumers[source].append(node.name)
    return {name: tuple(readers) for name, readers in consumers.items()}


def _depth_first(linked: Mapping[str, Node]) -> tuple[list[str], list[CycleError]]:
    """The names in topological order, and the cycles met on the way; without recursion, each edge looked at once."""
    order: list[str] = []
    cycles: list[CycleError] = []
    done: set[str] = set()
    position: dict[str, int] = {}  # of each node on the path from the root to the present node
    on_reported_cycle: set[str] = set()
    for root in linked:
        if root in done:
            continue
        path = [root]
        position[root] = 0
        pending = [iter(linked[root].dependencies)]
        while path:
            for dependency in pending[-1]:
                source = dependency.source
                if source in done:
                    continue
                if source in position:
                    cycle = path[position[source] :]
                    if on_reported_cycle.isdisjoint(cycle):
                        cycles.append(_cycle(linked, cycle))
                        on_reported_cycle.update(cycle)
                    continue
                position[source] = len(path)
                path.append(source)
                pending.append(iter(linked[source].dependencies))
                break
            else:
                pending.pop()
                name = path.pop()
                del position[name]
                done.add(name)
                order.append(name)
    return order, cycles


def _cycle(linked: Mapping[str, Node], needing: Sequence[str]) -> CycleError:
    """The path in the direction in which values would flow, beginning with the function that was written first."""
    flowing = [linked[name].step for name in reversed(needing)]
    first = min(range(len(flowing)), key=lambda index: flowing[index].place)
    return CycleError([*flowing[first:], *flowing[:first]])
