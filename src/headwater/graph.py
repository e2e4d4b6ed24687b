"""`Graph`: nodes linked by name and checked once; never changed after."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

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
        from another module replaces an earlier one.

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
        errors += _type_errors(linked)
        order, cycles = _depth_first(linked)
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
        if earlier is not None and not (allow_overrides and earlier.module != node.module):
            errors.append(DuplicateNode(node.name, earlier.place, node.place))
        else:
            found[node.name] = node
    return found


def _config_nodes(made: Mapping[str, Node], config: Mapping[str, Any]) -> dict[str, Node]:
    """Config values that somebody reads, or that stand in for a function, as nodes with a fixed value."""
    readers = {dependency.source: node for node in made.values() for dependency in node.dependencies}
    nodes = {}
    for name, value in config.items():
        neighbour = made.get(name) or readers.get(name)
        if neighbour is not None:
            nodes[name] = Node(name=name, type=type(value), place=neighbour.place, kind="config", value=value)
    return nodes


def _inputs(made: Mapping[str, Node], errors: list[HeadwaterError]) -> dict[str, Node]:
    """A node for each name that is read and not made, with the tightest type that its readers agree on."""
    inputs: dict[str, Node] = {}
    tightest_reader: dict[str, Node] = {}
    for node in made.values():
        for dependency in node.dependencies:
            name = dependency.source
            if name in made:
                continue
            if name not in inputs:
                inputs[name] = Node(name=name, type=dependency.type, place=node.place, kind="input")
                tightest_reader[name] = node
                continue
            agreed = inputs[name].type
            if typing_rules.fits(agreed, dependency.type):
                continue
            if typing_rules.fits(dependency.type, agreed):
                inputs[name] = inputs[name].replaced(type=dependency.type)
                tightest_reader[name] = node
                continue
            other = tightest_reader[name]
            errors.append(
                IncompatibleInput(
                    name,
                    (other.name, typing_rules.displayed(agreed), other.place),
                    (node.name, typing_rules.displayed(dependency.type), node.place),
                )
            )
    return inputs


def _type_errors(linked: Mapping[str, Node]) -> Iterator[IncompatibleTypes]:
    for node in linked.values():
        for dependency in node.dependencies:
            producer = linked[dependency.source]
            if producer.kind == "input" or _fits(producer, dependency):
                continue
            yield IncompatibleTypes(
                producer=producer.name,
                made=typing_rules.displayed(producer.type),
                producer_place=producer.place,
                consumer=node.name,
                parameter=dependency.parameter,
                wanted=typing_rules.displayed(dependency.type),
                consumer_place=node.place,
                hint=typing_rules.hint(producer.type, dependency.type),
            )


def _fits(producer: Node, dependency: Dependency) -> bool:
    if producer.kind == "config":
        return typing_rules.is_instance(producer.value, dependency.type)
    return typing_rules.fits(producer.type, dependency.type)


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
