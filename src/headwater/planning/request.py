"""`check`: what is requested of a dataflow, checked in one place. Problems are data.

The driver raises the errors, a session shows them, and drawing ignores them. The rules:

- An output is the name of a node, a node, or the function that makes one. A given value can be an output as well, whether
  anything reads it or not.
- A value that is given has to fit: an override the type of the node that it replaces, an input or an overridden config
  value the parameters that read it. A config value has to fit the parameters that read it, too.
- Savers that the outputs need do not replace each other's files.
- Only what the outputs need is refused. What is wrong with any other value is a warning, and so are a value that does not fit
  a parameter that the outputs do not need, and a name that nothing reads.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from headwater.errors import (
    ConflictingNames,
    HeadwaterError,
    HeadwaterWarning,
    MisplacedInput,
    RequestError,
    UnknownNode,
    UnusedNameWarning,
    WrongConfigType,
    WrongInputType,
    WrongOverrideType,
    WrongValueWarning,
    raise_all,
)
from headwater.errors.suggestions import did_you_mean
from headwater.graph.graph import Graph
from headwater.graph.node import NO_TAGS, ROLE_TAG, Dependency, Node
from headwater.introspection.names import by_normalized_name, duplicate_spellings, normalized
from headwater.planning.plan import missing_inputs, needed_for
from headwater.types import typing_rules

Output = str | Callable[..., Any] | Node
"""What may be requested: the name of a node, the node, or the function that makes it."""


_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


# NamedTuples, as in `node.py`: frozen dataclasses take five times as long to define, and every import pays for it.
class Request(NamedTuple):
    """The outputs that are requested, and the values that are given for it."""

    outputs: Iterable[Output]
    inputs: Mapping[str, Any] = _NOTHING
    overrides: Mapping[str, Any] = _NOTHING


class ResolvedRequest(NamedTuple):
    """A request in terms of the graph. Where there are errors, without what they are about."""

    outputs: Mapping[str, str]
    """The name of the node or given value behind each output, by the name that was asked for, in order."""
    inputs: Mapping[str, Any]
    overrides: Mapping[str, Any]
    needed: Mapping[str, str | None]
    """What the outputs need, as `needed_for` returns it."""
    expected: tuple[tuple[str, Any], ...]
    """Pairs of a given name and a type that its value has to fit. It has several where parameters differ."""
    refused: frozenset[str]
    """Nodes that have no value: what is given for them is wrong, a config value that they read does not fit, or they are savers
    that would replace a file of another saver."""


class CheckedRequest(NamedTuple):
    """What became of a request."""

    resolved: ResolvedRequest
    errors: Sequence[HeadwaterError]
    warnings: Sequence[HeadwaterWarning]


def check_request(request: Request, graph: Graph) -> CheckedRequest:
    """Checks a request. Nothing is raised for what it holds."""
    errors: list[HeadwaterError] = []
    for said, given in (("`inputs`", request.inputs), ("`overrides`", request.overrides)):
        if twice := duplicate_spellings(given):
            errors.append(ConflictingNames(twice, said, f"{said} under another spelling"))
    inputs, overrides = by_normalized_name(request.inputs), by_normalized_name(request.overrides)
    names = {**inputs, **overrides}.keys()
    # An input for a name that a function makes does not replace the function.
    replacing = frozenset(name for name in names if name in overrides or not _is_function(name, graph))
    outputs: dict[str, str] = {}
    misuse = outputs_error(request.outputs)
    if misuse is not None:
        errors.append(misuse)
    else:
        outputs = _outputs(request.outputs, graph, names, errors)
    needed = needed_for(graph, outputs.values(), replacing)
    values = _ProvidedValues(graph, needed, replacing)
    problems = list(values.problems(inputs, overrides))
    errors += [problem.error for problem in problems if problem.is_needed]
    warnings: list[HeadwaterWarning] = [WrongValueWarning(problem.error) for problem in problems if not problem.is_needed]
    conflicts = _conflicts(graph, needed, replacing)
    errors += [error for _, error in conflicts]
    faults = [one for one in graph.config_errors if _applies(one, needed, replacing)]
    errors += faults
    unread = [name for name in names if name not in graph.nodes]
    # Where an input is given for a function, that is the mistake to tell, and not what the function lacks.
    lacking = needed if len(replacing) == len(names) else needed_for(graph, outputs.values(), frozenset(names))
    errors += missing_inputs(graph, lacking, frozenset(names), unread=unread)
    warnings += [_unused(name, graph) for name in unread if name not in needed]
    wrong = {problem.name for problem in problems if problem.is_needed or problem.name not in needed}
    return CheckedRequest(
        ResolvedRequest(
            outputs,
            {name: value for name, value in inputs.items() if name not in wrong},
            {name: value for name, value in overrides.items() if name not in wrong},
            needed,
            tuple((name, type_) for name in names for type_ in values.types(name)),
            frozenset(
                {
                    *wrong & replacing & needed.keys(),
                    *(name for savers, _ in conflicts for name in savers),
                    *(fault.reader for fault in faults),
                }
            ),
        ),
        errors,
        warnings,
    )


def output_name(output: object, graph: Graph) -> str | RequestError:
    """The name that an output stands for, or what is wrong with it. Whether there is a node of this name is not looked at."""
    if isinstance(output, str):
        return normalized(output)
    if isinstance(output, Node):
        return output.name
    if not callable(output):
        return RequestError(f"An output must be a node, a function or the name of a node, not {output!r}.")
    made = graph.computed_by(output)
    own = str(getattr(output, "__name__", ""))
    if own in made:
        return own
    if len(made) == 1:
        return made[0]
    shown = own or str(output)
    if not made:
        return RequestError(
            f"The function `{shown}` is not part of this dataflow. Add it with `with_functions({shown})`, "
            "or check that the config selects this variant."
        )
    listed = ", ".join(repr(one) for one in made)
    return RequestError(f"The function `{shown}` computes {len(made)} nodes. Request them by name: {listed}.")


def output_names(outputs: Iterable[Output], graph: Graph) -> list[str]:
    """The names of the nodes that outputs stand for.

    Raises:
        RequestError: or `SeveralErrors`, for what does not stand for a node.
    """
    errors: list[HeadwaterError] = []
    found = _outputs(outputs, graph, (), errors)
    raise_all(errors)
    return list(found.values())


def outputs_error(outputs: object) -> RequestError | None:
    """What is wrong with something that should be a list of outputs."""
    if isinstance(outputs, str | Node) or callable(outputs):
        return RequestError(f"Outputs must be a list of names or functions: write `[{outputs!r}]`.")
    return None


def _outputs(outputs: Iterable[Output], graph: Graph, given: Collection[str], errors: list[HeadwaterError]) -> dict[str, str]:
    found: dict[str, str] = {}
    for output in outputs:
        name = output_name(output, graph)
        if isinstance(name, RequestError):
            errors.append(name)
        elif name in graph.nodes or name in given:
            found[output if isinstance(output, str) else name] = name
        else:
            unknown = output if isinstance(output, str) else name
            errors.append(UnknownNode(unknown, [*graph.nodes, *given], graph.excluded_variants.get(name, ())))
    return found


_Reader = tuple[Node, Dependency]
"""A node, and a parameter of it."""


class _Problem:
    """What is wrong with a given value. It is a warning if the outputs do not need what is wrong."""

    __slots__ = ("error", "is_needed", "name")

    def __init__(self, name: str, error: HeadwaterError, is_needed: bool) -> None:
        self.name = name
        self.error = error
        self.is_needed = is_needed


class _ProvidedValues:
    """The values that are given, and what they have to fit."""

    __slots__ = ("given", "graph", "needed")

    def __init__(self, graph: Graph, needed: Mapping[str, str | None], given: Collection[str]) -> None:
        self.graph = graph
        self.needed = needed
        self.given = given

    def problems(self, inputs: Mapping[str, Any], overrides: Mapping[str, Any]) -> Iterator[_Problem]:
        """What is wrong with given values."""
        for name in (name for name in inputs if name in overrides):
            yield _Problem(name, ConflictingNames([name], "`inputs`", "`overrides`"), name in self.needed)
        for given, problem_of in ((inputs, self._input_problem), (overrides, self._override_problem)):
            for name, value in given.items():
                node = self.graph.nodes.get(name)
                problem = None if node is None else problem_of(node, value)
                if problem is not None:
                    yield problem

    def _input_problem(self, node: Node, value: object) -> _Problem | None:
        is_needed = node.name in self.needed
        if node.kind == "config":
            return _Problem(node.name, ConflictingNames([node.name], "`inputs`", "the config"), is_needed)
        if node.kind == "function":
            return _Problem(node.name, MisplacedInput(node.name, node.location), is_needed)
        refusing, is_needed = self._refusing(node, value)
        return _Problem(node.name, _wrong_input(node, value, refusing), is_needed) if refusing else None

    def _override_problem(self, node: Node, value: object) -> _Problem | None:
        if node.kind == "function":
            if self._fits(value, node.type):
                return None
            wanted = typing_rules.format_type(node.type)
            return _Problem(node.name, WrongOverrideType(node.name, wanted, value, node.location), node.name in self.needed)
        refusing, is_needed = self._refusing(node, value)
        if not refusing:
            return None
        reader, dependency = refusing[0]
        wanted = typing_rules.format_type(dependency.type)
        return _Problem(node.name, WrongOverrideType(node.name, wanted, value, reader.location, reader=reader.name), is_needed)

    def types(self, name: str) -> list[Any]:
        """The types that a given value has to fit."""
        node = self.graph.nodes.get(name)
        if node is None:
            return []
        if node.kind == "function":
            return [node.type]
        types: list[Any] = []
        for _, dependency in self._readers(node):
            if not any(dependency.type is other for other in types):
                types.append(dependency.type)
        return types

    def _refusing(self, node: Node, value: object) -> tuple[list[_Reader], bool]:
        """The parameters that a value does not fit, and whether the outputs need them: then without those that they do not."""
        refusing = [(reader, one) for reader, one in self._readers(node) if not self._fits(value, one.type)]
        needed = [(reader, one) for reader, one in refusing if reader.name in self.needed and reader.name not in self.given]
        if needed:
            return needed, True
        is_read = any(name in self.needed and name not in self.given for name in self.graph.consumers[node.name])
        return refusing, not is_read and node.name in self.needed

    def _readers(self, node: Node) -> list[_Reader]:
        """The parameters that read an input or a config value."""
        readers = [self.graph.nodes[name] for name in self.graph.consumers[node.name]]
        return [(reader, one) for reader in readers for one in reader.dependencies if one.source == node.name]

    def _fits(self, value: object, type_: Any) -> bool:
        return type(value) is type_ or self.graph.type_checks.accepts(value, type_)


def _wrong_input(node: Node, value: object, refusing: Sequence[tuple[Node, Dependency]]) -> WrongInputType:
    types = [dependency.type for _, dependency in refusing]
    wanted = node.type if node.type in types else types[0]
    readers = dict.fromkeys(reader.step for reader, _ in refusing)
    return WrongInputType(node.name, typing_rules.format_type(wanted), value, list(readers))


def _is_function(name: str, graph: Graph) -> bool:
    node = graph.nodes.get(name)
    return node is not None and node.kind == "function"


def _applies(fault: WrongConfigType, needed: Container[str], replacing: Container[str]) -> bool:
    """Whether a request needs a parameter that a config value does not fit."""
    is_replaced = fault.reader in replacing or (fault.key in replacing and not fault.is_bound)
    return fault.reader in needed and not is_replaced


def _conflicts(graph: Graph, needed: Iterable[str], given: Collection[str]) -> list[tuple[frozenset[str], HeadwaterError]]:
    """The savers of which one would replace the other's file, with the error."""
    nodes = (graph.nodes.get(name) for name in needed)
    savers = [node for node in nodes if node and node.tags is not NO_TAGS and node.tags.get(ROLE_TAG) == "saver"]
    savers = [node for node in savers if node.name not in given]
    if len(savers) < 2:
        return []
    from headwater.io.shared_paths import shared_paths  # imported lazily: only savers need it

    return [(frozenset({first.name, other.name}), error) for first, other, error in shared_paths(savers)]


def _unused(name: str, graph: Graph) -> UnusedNameWarning:
    return UnusedNameWarning(f"`{name}` was provided, but nothing in the dataflow reads it.{did_you_mean(name, graph.nodes)}")
