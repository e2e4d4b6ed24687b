"""`Graph`: nodes that are linked by name and checked once."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Never

from headwater.errors import (
    CycleError,
    DuplicateNode,
    HeadwaterError,
    IncompatibleInput,
    IncompatibleTypes,
    LongName,
    UnknownNode,
    WrongConfigType,
    raise_all,
)
from headwater.graph.mapping import MappedNodes, mapped
from headwater.graph.node import Argument, Constant, Dependency, Node
from headwater.introspection.names import normalized
from headwater.introspection.source_location import SourceLocation
from headwater.types import typing_rules
from headwater.types.element_types import is_collect, is_parallelizable
from headwater.types.type_checks import DEFAULT_CHECKS, TypeChecks
from headwater.types.type_forms import variables

if TYPE_CHECKING:
    from headwater.errors.excluded_variants import ExcludedVariant

_CONFIG: Final = SourceLocation("<config>", 1)
"""The location of a config value that no function reads."""
_PROVIDED: Final = SourceLocation("<provided>", 1)
"""The location of a provided value that no function reads."""
_NONE: Final[Mapping[str, Sequence[ExcludedVariant]]] = MappingProxyType({})


class Graph:
    """A checked dataflow.

    `nodes` holds every node by name, including inputs, in topological order. A graph is immutable. Build it with
    `Graph.of(...)`: the constructor does not check anything.
    """

    __slots__ = ("_consumers", "_producers", "config_errors", "defined", "excluded_variants", "nodes", "type_checks")

    nodes: Mapping[str, Node]
    config_errors: tuple[WrongConfigType, ...]
    """The config values that do not fit a parameter that receives them. A request that needs one of these values fails."""

    excluded_variants: Mapping[str, Sequence[ExcludedVariant]]
    """The functions that the config excludes, keyed by the names of the nodes that they would compute."""

    type_checks: TypeChecks
    """The rules that decide which types are compatible, and which values a type accepts."""

    defined: tuple[str, ...]
    """The names of the nodes that functions and the config define, in the order of their definitions."""

    def __init__(
        self,
        nodes: Mapping[str, Node],
        excluded_variants: Mapping[str, Sequence[ExcludedVariant]] = _NONE,
        type_checks: TypeChecks = DEFAULT_CHECKS,
        defined: tuple[str, ...] = (),
    ) -> None:
        self.defined = defined
        self.excluded_variants = excluded_variants
        self.type_checks = type_checks
        self.nodes = MappingProxyType(dict(nodes))
        self.config_errors = tuple(_config_errors(nodes, type_checks.accepts))
        self._consumers: Mapping[str, tuple[str, ...]] | None = None
        self._producers: _Producers | None = None

    def __reduce__(self) -> tuple[object, ...]:
        """Return the constructor's arguments. A copy or another process computes everything else from them."""
        return type(self), (dict(self.nodes), dict(self.excluded_variants), self.type_checks, self.defined)

    @classmethod
    def of(
        cls, nodes: Iterable[Node], *, config: Mapping[str, Any] | None = None, allow_overrides: bool = False,
        excluded_variants: Mapping[str, Sequence[ExcludedVariant]] = _NONE, type_checks: TypeChecks = DEFAULT_CHECKS,
    ) -> Graph:  # fmt: skip
        """Link and check nodes.

        Every config value is a node. A config value replaces a function of the same name. With `allow_overrides`, a later
        definition replaces an earlier definition from another module. A function that was added with `with_functions` also
        replaces earlier definitions.

        Raises:
            LongName, DuplicateNode, IncompatibleTypes, IncompatibleInput, MappingError, CycleError: the nodes do not form a
                dataflow. `SeveralErrors` if there are several errors.
        """
        graph, errors = cls.link(
            nodes,
            config=config,
            allow_overrides=allow_overrides,
            excluded_variants=excluded_variants,
            type_checks=type_checks,
        )
        raise_all(errors)
        return graph

    @classmethod
    def link(
        cls, nodes: Iterable[Node], *, config: Mapping[str, Any] | None = None, allow_overrides: bool = False,
        excluded_variants: Mapping[str, Sequence[ExcludedVariant]] = _NONE, type_checks: TypeChecks = DEFAULT_CHECKS,
    ) -> tuple[Graph, tuple[HeadwaterError, ...]]:  # fmt: skip
        """Return the graph and its errors, without raising the errors. A graph with errors can be displayed but not run."""
        errors: list[HeadwaterError] = []
        computed = _by_name(_normalize_names(nodes, errors), errors, allow_overrides=allow_overrides)
        computed.update(_config_nodes(computed, config or {}, errors))
        linked = {**_inputs(computed, errors), **computed}
        order, cycles = _depth_first(linked)
        mapping = mapped(linked, order)
        type_errors = _type_errors(mapping, linked, order, type_checks.connects)
        errors += (error for error in type_errors if not any(error.is_explained_by(other) for other in mapping.errors))
        errors += (*mapping.errors, *cycles)
        nodes_by_name = {name: mapping.nodes[name] for name in order}
        return cls(nodes_by_name, excluded_variants, type_checks, tuple(computed)), tuple(errors)

    def __getitem__(self, name: str) -> Node:
        try:
            return self.nodes[name]
        except KeyError:
            if (normalized_name := normalized(name)) in self.nodes:
                return self.nodes[normalized_name]
            raise UnknownNode(name, self.nodes, self.excluded_variants.get(normalized_name, ())) from None

    def __contains__(self, name: object) -> bool:
        return name in self.nodes or (isinstance(name, str) and normalized(name) in self.nodes)

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes.values())

    def __len__(self) -> int:
        return len(self.nodes)

    def with_inputs(self, values: Mapping[str, Any]) -> Graph:
        """Return the graph with additional inputs that nothing reads, for display."""
        added = {
            name: Node(name=name, type=type(value), explicit_location=_PROVIDED, kind="input") for name, value in values.items()
        }
        return Graph({**self.nodes, **added}, self.excluded_variants, self.type_checks, self.defined)

    def with_type_checks(self, checks: TypeChecks) -> Graph:
        """Return the graph with different rules for provided values. Dependencies between functions are not checked again."""
        return self if checks == self.type_checks else Graph(self.nodes, self.excluded_variants, checks, self.defined)

    @property
    def consumers(self) -> Mapping[str, tuple[str, ...]]:
        """The names of the nodes that depend on each node."""
        if self._consumers is None:
            # Several threads may compute the mapping, but each thread assigns only a complete mapping.
            self._consumers = MappingProxyType(_consumers(self.nodes, self.nodes))
        return self._consumers

    def computed_by(self, function: Callable[..., Any]) -> Sequence[str]:
        """Return the names of the nodes that a function computes, including parts of its value and steps of its pipe."""
        producers = self._producers
        if producers is None:
            # Several threads may create the lookup, but each thread assigns only a complete lookup.
            producers = self._producers = _Producers(self.nodes)
        return producers.of(function)

    @property
    def inputs(self) -> tuple[Node, ...]:
        """The nodes that neither a function nor the config provides."""
        return tuple(node for node in self if node.kind == "input")

    @property
    def sinks(self) -> tuple[Node, ...]:
        """The function nodes that no other node depends on. A run computes them if no outputs are requested."""
        return tuple(node for node in self if self.is_sink(node))

    def is_sink(self, node: Node) -> bool:
        """Return True for a function node that no other node depends on, unless it is a value that a subdag receives."""
        return node.kind == "function" and not self.consumers[node.name] and not node.is_received

    @staticmethod
    def is_unread_config(node: Node) -> bool:
        """Return True for a config value that no function reads and that replaces no function. Decorators may read it."""
        return node.location == _CONFIG

    def sources_of(self, name: str) -> tuple[str, ...]:
        """Return the names that a node depends on directly, without duplicates."""
        sources = dict.fromkeys(dependency.source for dependency in self[name].dependencies)
        return tuple(source for source in sources if source in self.nodes)

    def upstream(self, names: Iterable[str], *, provided: Container[str] = ()) -> tuple[Node, ...]:
        """Return the named nodes and their dependencies in topological order.

        Dependencies of nodes in `provided` are omitted.
        """
        return self._reached(names, lambda name: () if name in provided else self.sources_of(name))

    def downstream(self, names: Iterable[str]) -> tuple[Node, ...]:
        """Return the named nodes and everything that depends on them, in topological order."""
        return self._reached(names, self.consumers.__getitem__)

    def between(self, upstream: str, downstream: str) -> tuple[Node, ...]:
        """Return the nodes on all paths between two nodes, inclusive, in topological order. Empty if there is no path."""
        below = {node.name for node in self.downstream([upstream])}
        return tuple(node for node in self.upstream([downstream]) if node.name in below) if downstream in below else ()

    def _reached(self, names: Iterable[str], neighbors: Any) -> tuple[Node, ...]:
        reached: set[str] = set()
        pending = [self[name].name for name in names]
        while pending:
            name = pending.pop()
            if name not in reached:
                reached.add(name)
                pending.extend(neighbors(name))
        return tuple(node for name, node in self.nodes.items() if name in reached)


class _Producers:
    """A lookup of nodes by the function that computes them.

    A function is looked up by identity first: equal callables may compute different nodes, and some are not hashable. A
    bound method is a new object on each access, so it is looked up by equality.
    """

    __slots__ = ("_by_identity", "_equal")

    def __init__(self, nodes: Mapping[str, Node]) -> None:
        self._by_identity: dict[int, list[str]] = {}
        self._equal: dict[Callable[..., Any], list[str]] = {}
        for node in nodes.values():
            if node.function is None:
                continue
            self._by_identity.setdefault(id(node.function), []).append(node.name)
            try:
                self._equal.setdefault(node.function, []).append(node.name)
            except TypeError:  # not hashable
                continue

    def of(self, function: Callable[..., Any]) -> Sequence[str]:
        """Return the names of the function's nodes."""
        names = self._by_identity.get(id(function))
        if names is not None:
            return names
        try:
            return self._equal.get(function, [])
        except TypeError:  # not hashable
            return []


def _normalize_names(nodes: Iterable[Node], errors: list[HeadwaterError]) -> Iterator[Node]:
    """Yield the nodes with normalized names. Report and drop nodes if their own name or a dependency's name is too long."""
    for node in nodes:
        names = [node.name, *[dependency.source for dependency in node.dependencies]]
        joined = "".join(names)
        if joined.isascii() and len(joined) <= LongName.MAX_LENGTH:  # the usual case: the names are already normalized
            yield node
        elif not all(len(name) <= LongName.MAX_LENGTH for name in names):
            errors.append(LongName(max(names, key=len), node.location))
        else:
            yield node.replaced(name=normalized(node.name), arguments=tuple(map(_normalized, node.arguments)))


def _normalized(argument: Argument) -> Argument:
    return argument._replace(source=normalized(argument.source)) if isinstance(argument, Dependency) else argument


def _by_name(nodes: Iterable[Node], errors: list[HeadwaterError], *, allow_overrides: bool) -> dict[str, Node]:
    by_name: dict[str, Node] = {}
    for node in nodes:
        earlier = by_name.get(node.name)
        if earlier is not None and not (allow_overrides and _replaces(node, earlier)):
            errors.append(DuplicateNode(node.name, earlier.location, node.location, replaceable=_replaces(node, earlier)))
        else:
            by_name[node.name] = node
    return by_name


def _replaces(later: Node, earlier: Node) -> bool:
    """Return True if the nodes come from different modules or builder calls, so the later node may replace the earlier one."""
    if earlier.module != later.module:
        return True
    return (earlier.is_standalone or later.is_standalone) and earlier.function is not later.function


def _config_nodes(computed: Mapping[str, Node], config: Mapping[str, Any], errors: list[HeadwaterError]) -> dict[str, Node]:
    """Return config values as nodes with a fixed value. `computed_by` also finds a config node that replaces a function."""
    if not config:
        return {}
    readers = {dependency.source: node for node in computed.values() for dependency in node.dependencies}
    nodes: dict[str, Node] = {}
    for key, value in config.items():
        if not isinstance(key, str):  # no function can read a key that is not a string; the builder warns about it
            continue
        if len(key) > LongName.MAX_LENGTH:
            errors.append(LongName(key, _CONFIG))
            continue
        name = normalized(key)
        replaced, reader = computed.get(name), readers.get(name)
        location = replaced.location if replaced else reader.location if reader else _CONFIG
        function = replaced.function if replaced else None
        nodes[name] = Node(
            name=name, type=type(value), explicit_location=location, kind="config", value=value, function=function
        )
    return nodes


def _config_errors(nodes: Mapping[str, Node], accepts: Callable[[object, Any], bool]) -> Iterator[WrongConfigType]:
    config = [name for name, node in nodes.items() if node.kind == "config"]
    consumers = _consumers(nodes, config) if config else {}
    for node in nodes.values():
        for argument in node.arguments:
            if type(argument) is not Constant or argument.key is None:
                continue
            if not accepts(argument.value, argument.type):
                expected = typing_rules.format_type(argument.type)
                yield WrongConfigType(argument.key, expected, argument.value, node.step, is_bound=True)
        if node.kind != "config":
            continue
        for reader in (nodes[name] for name in consumers[node.name]):
            for dependency in reader.dependencies:
                if dependency.source == node.name and not accepts(node.value, dependency.type):
                    yield WrongConfigType(node.name, typing_rules.format_type(dependency.type), node.value, reader.step)


class _Read(NamedTuple):
    """The type of a parameter that receives an input, and the first node with such a parameter."""

    type: Any
    reader: Node


def _inputs(computed: Mapping[str, Node], errors: list[HeadwaterError]) -> dict[str, Node]:
    """Return a node for each name that is read but not computed. The type of the node fits all parameters that read the name.

    This type does not depend on the order of the parameters: all types are compared in pairs, and then together.
    """
    reads: dict[str, list[_Read]] = {}
    for node in computed.values():
        for dependency in node.dependencies:
            name, type_ = dependency.source, dependency.type
            if name in computed:
                continue
            known = reads.get(name)
            if known is None:
                reads[name] = [_Read(type_, node)]
            elif type_ is not known[0].type and all(type_ != read.type for read in known):
                known.append(_Read(type_, node))
    return {name: _input(name, reads_of_name, errors) for name, reads_of_name in reads.items()}


def _input(name: str, reads: Sequence[_Read], errors: list[HeadwaterError]) -> Node:
    first = reads[0]
    node = Node(name=name, type=first.type, explicit_location=first.reader.location, kind="input")
    if len(reads) == 1:
        return node
    from headwater.types.common_types import common_type  # imported lazily: most inputs are read with a single type

    common = first.type
    for group in (*itertools.combinations(reads, 2), reads):
        common = common_type([read.type for read in group])
        if common is Never:
            texts = typing_rules.format_types_apart(*(read.type for read in group))
            listed = [(read.reader.name, text, read.reader.location) for read, text in zip(group, texts, strict=True)]
            errors.append(IncompatibleInput(name, *listed))
            return node
    return node if common is first.type else node.replaced(type=common)


def _type_errors(
    mapping: MappedNodes, annotated: Mapping[str, Node], order: Sequence[str], connects: Callable[[Any, Any], bool]
) -> Iterator[IncompatibleTypes]:
    """Yield an error for each dependency between incompatible types.

    Args:
        mapping: the nodes, also with the types of single elements.
        annotated: the nodes with the annotated types of their functions.
        order: the names in topological order.
        connects: returns whether a value of the first type may be passed to a parameter of the second type.
    """
    linked = mapping.element_nodes
    solved = _solved_types(linked, order)
    for node in linked.values():
        for dependency in node.dependencies:
            producer = linked[dependency.source]
            if producer.kind != "function":
                continue  # values are checked when a request needs them
            type_ = solved.get(producer.name, producer.type) if solved else producer.type
            if connects(type_, dependency.type):
                continue
            returned, accepted = typing_rules.format_types_apart(type_, dependency.type)
            yield IncompatibleTypes(
                producer=producer.name,
                returned=f"Parallelizable[{returned}]" if is_parallelizable(annotated[producer.name].type) else returned,
                producer_location=producer.location,
                consumer=node.name,
                parameter=dependency.parameter,
                accepted=f"Collect[{accepted}]" if _collects(annotated[node.name], dependency) else accepted,
                consumer_location=node.location,
                hint=_hint(mapping.nodes[producer.name], annotated[node.name], type_, dependency, connects),
            )


def _hint(producer: Node, consumer: Node, type_: Any, dependency: Dependency, connects: Callable[[Any, Any], bool]) -> str:
    if hint := typing_rules.hint(type_, dependency.type):
        return hint
    if _collects(consumer, dependency):
        return ""
    from headwater.graph.element_hints import element_hint  # imported lazily: only errors need it

    return element_hint(producer, consumer, dependency, connects)


def _collects(node: Node, dependency: Dependency) -> bool:
    return any(argument.parameter == dependency.parameter and is_collect(argument.type) for argument in node.arguments)


def _solved_types(linked: Mapping[str, Node], order: Sequence[str]) -> dict[str, Any]:
    """Return the types that generic functions return in this graph. For example, `same(x: T) -> T` returns the type of `x`."""
    solved: dict[str, Any] = {}
    for node in [node for name in order if not isinstance((node := linked[name]).type, type)]:
        if node.kind != "function" or not (free := variables(node.type)):
            continue
        from headwater.types.type_variables import match_type, solve_type  # imported lazily: most functions are not generic

        solutions: dict[Any, list[Any]] = {}
        for dependency in node.dependencies:
            source = linked[dependency.source]
            source_type = Any if dependency.optional else solved.get(source.name, source.type)
            match_type(dependency.type, source_type, solutions)
        # A decorator may have bound the parameters that determine the type variable.
        is_known = len(node.dependencies) == len(node.arguments)
        solved[node.name] = solve_type(
            node.type, {variable: solutions[variable] for variable in free if variable in solutions and is_known}
        )
    return solved


def _consumers(nodes: Mapping[str, Node], names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the names of the nodes that depend on each of the names."""
    consumers: dict[str, list[str]] = {name: [] for name in names}
    for node in nodes.values():
        for source in dict.fromkeys(dependency.source for dependency in node.dependencies):
            if source in consumers:
                consumers[source].append(node.name)
    return {name: tuple(readers) for name, readers in consumers.items()}


def _depth_first(linked: Mapping[str, Node]) -> tuple[list[str], list[CycleError]]:
    """Return the names in topological order, and the cycles. Not recursive; follows each edge once."""
    order: list[str] = []
    cycles: list[CycleError] = []
    done: set[str] = set()
    position: dict[str, int] = {}  # the index of each node on the path from the root to the current node
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


def _cycle(linked: Mapping[str, Node], path: Sequence[str]) -> CycleError:
    """Return the error for a cycle. Its path follows the flow of data and begins with the function that is defined first."""
    steps = [linked[name].step for name in reversed(path)]
    first = min(range(len(steps)), key=lambda index: steps[index].location)
    return CycleError([*steps[first:], *steps[:first]])
