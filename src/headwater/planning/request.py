"""`check_request`: checks a request and returns problems as data.

The driver raises the errors, a session displays them, and drawing ignores them. The rules:

- An output is a node, its name, or the function that computes it. A provided value can also be an output.
- An override must fit the type of its node. An input, a config value or its override must fit the parameters that receive it.
- Savers that the outputs need must not write to the same file.
- Problems with values that the outputs need are errors. All other problems are warnings: a wrong value that the outputs do
  not need, a wrong value for a parameter that the outputs do not need, and a name that nothing reads.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from types import FunctionType, MappingProxyType
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
from headwater.graph.mapping import is_nested, list_depth, value_type
from headwater.graph.node import NO_TAGS, ROLE_TAG, Dependency, Node
from headwater.introspection.names import by_normalized_name, duplicate_spellings, normalized
from headwater.planning.plan import missing_inputs, needed_for
from headwater.types import typing_rules
from headwater.types.type_checks import DEFAULT_CHECKS

Output = str | Callable[..., Any] | Node
"""An output in a request: a node, its name, or the function that computes it."""


_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


# NamedTuples, as in `node.py`: defining frozen dataclasses takes five times as long, at every import.
class Request(NamedTuple):
    """Requested outputs and provided values."""

    outputs: Iterable[Output]
    inputs: Mapping[str, Any] = _NOTHING
    overrides: Mapping[str, Any] = _NOTHING


class ResolvedRequest(NamedTuple):
    """A request whose outputs are the names of nodes or provided values. Values with errors are removed."""

    outputs: Mapping[str, str]
    """Maps each requested name to the name of the node or provided value, in the order of the request."""
    inputs: Mapping[str, Any]
    overrides: Mapping[str, Any]
    needed: Mapping[str, str | None]
    """The names that the outputs need, as `needed_for` returns them."""
    expected: tuple[tuple[str, Any], ...]
    """Pairs of a provided name and a type that its value must fit.

    If the parameters that read the value have different types, the name has several pairs.
    """
    nested: tuple[tuple[str, int], ...]
    """Pairs of an overridden name and the nesting depth of the lists in its value, if the depth is at least 2."""
    refused: frozenset[str]
    """Nodes without a value: their provided value is wrong, a config value that they read does not fit, or they are savers that
    would overwrite another saver's file."""


class CheckedRequest(NamedTuple):
    """A resolved request with its errors and warnings."""

    resolved: ResolvedRequest
    errors: Sequence[HeadwaterError]
    warnings: Sequence[HeadwaterWarning]


def check_request(request: Request, graph: Graph) -> CheckedRequest:
    """Check a request. Errors are returned, not raised."""
    errors: list[HeadwaterError] = []
    for argument, values in (("`inputs`", request.inputs), ("`overrides`", request.overrides)):
        if duplicates := duplicate_spellings(values):
            errors.append(ConflictingNames(duplicates, argument, argument))
    inputs, overrides = by_normalized_name(request.inputs), by_normalized_name(request.overrides)
    names = {**inputs, **overrides}.keys()
    # An override replaces a function of the same name. An input does not.
    replacing = frozenset(name for name in names if name in overrides or not _is_function(name, graph))
    outputs: dict[str, str] = {}
    error = outputs_error(request.outputs)
    if error is not None:
        errors.append(error)
    else:
        outputs = _outputs(request.outputs, graph, names, errors)
    needed = needed_for(graph, outputs.values(), replacing)
    provided = _ProvidedValues(graph, needed, replacing)
    problems = list(provided.problems(inputs, overrides))
    errors += [problem.error for problem in problems if problem.is_needed]
    warnings: list[HeadwaterWarning] = [WrongValueWarning(problem.error) for problem in problems if not problem.is_needed]
    conflicts = _conflicts(graph, needed, replacing)
    errors += [error for _, error in conflicts]
    config_errors = [error for error in graph.config_errors if _applies(error, needed, replacing)]
    errors += config_errors
    unread = [name for name in names if name not in graph.nodes]
    # An input with the name of a function is an error. Do not also report the missing inputs of this function.
    needed_inputs = needed if len(replacing) == len(names) else needed_for(graph, outputs.values(), frozenset(names))
    errors += missing_inputs(graph, needed_inputs, frozenset(names), unread=unread)
    warnings += [_unused(name, graph) for name in unread if name not in needed]
    wrong = {problem.name for problem in problems if problem.is_needed or problem.name not in needed}
    return CheckedRequest(
        ResolvedRequest(
            outputs,
            {name: value for name, value in inputs.items() if name not in wrong},
            {name: value for name, value in overrides.items() if name not in wrong},
            needed,
            tuple((name, type_) for name in names for type_ in provided.types(name)),
            tuple((name, depth) for name in overrides if (depth := provided.depth(name)) > 1),
            frozenset(
                {
                    *wrong & replacing & needed.keys(),
                    *(name for savers, _ in conflicts for name in savers),
                    *(error.reader for error in config_errors),
                }
            ),
        ),
        errors,
        warnings,
    )


def output_name(output: object, graph: Graph) -> str | RequestError:
    """Return the name of an output, or an error. The graph does not necessarily have a node with this name."""
    if isinstance(output, str):
        return normalized(output)
    if isinstance(output, Node):
        return output.name
    if not callable(output):
        return RequestError(f"An output must be a node, a function or the name of a node, not {output!r}.")
    computed = graph.computed_by(output)
    own_name = str(getattr(output, "__name__", ""))
    if own_name in computed:
        return own_name
    if len(computed) == 1:
        return computed[0]
    shown = own_name or str(output)
    if not computed:
        return RequestError(
            f"The function `{shown}` is not part of this dataflow. Add it with `with_functions({shown})`, "
            "or check that the config selects this variant."
        )
    listed = ", ".join(map(repr, computed))
    return RequestError(f"The function `{shown}` computes {len(computed)} nodes. Request them by name: {listed}.")


def output_names(outputs: Iterable[Output], graph: Graph) -> list[str]:
    """Return the node names of the outputs.

    Raises:
        RequestError: an output is not a node. `SeveralErrors` if there are several errors.
    """
    errors: list[HeadwaterError] = []
    names = _outputs(outputs, graph, (), errors)
    raise_all(errors)
    return list(names.values())


def outputs_error(outputs: object) -> RequestError | None:
    """Return the error in a value that should be a list of outputs, or None."""
    if isinstance(outputs, str | Node) or callable(outputs):
        written = repr(outputs.name if isinstance(outputs, Node) else outputs)
        shown = outputs.__name__ if isinstance(outputs, FunctionType) else written
        return RequestError(f"Outputs must be a list of names or functions: write `[{shown}]`.")
    return None


def _outputs(
    outputs: Iterable[Output], graph: Graph, provided: Collection[str], errors: list[HeadwaterError]
) -> dict[str, str]:
    names: dict[str, str] = {}
    for output in outputs:
        name = output_name(output, graph)
        if isinstance(name, RequestError):
            errors.append(name)
        elif name in graph.nodes or name in provided:
            names[output if isinstance(output, str) else name] = name
        else:
            unknown = output if isinstance(output, str) else name
            errors.append(UnknownNode(unknown, [*graph.nodes, *provided], graph.excluded_variants.get(name, ())))
    return names


_Reader = tuple[Node, Dependency]
"""A node and one of its parameters."""


class _Problem:
    """A problem with a provided value: an error if the outputs need the value, otherwise a warning."""

    __slots__ = ("error", "is_needed", "name")

    def __init__(self, name: str, error: HeadwaterError, is_needed: bool) -> None:
        self.name = name
        self.error = error
        self.is_needed = is_needed


class _ProvidedValues:
    """Provided values, and the types that they must fit."""

    __slots__ = ("graph", "needed", "provided")

    def __init__(self, graph: Graph, needed: Mapping[str, str | None], provided: Collection[str]) -> None:
        self.graph = graph
        self.needed = needed
        self.provided = provided

    def problems(self, inputs: Mapping[str, Any], overrides: Mapping[str, Any]) -> Iterator[_Problem]:
        """Yield the problems with the provided values."""
        for name in (name for name in inputs if name in overrides):
            yield _Problem(name, ConflictingNames([name], "`inputs`", "`overrides`"), name in self.needed)
        for values, problem_of in ((inputs, self._input_problem), (overrides, self._override_problem)):
            for name, value in values.items():
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
            depth = list_depth(node)
            if self._fits(value, value_type(node)) and is_nested(value, depth):
                return None
            expected = typing_rules.format_type(value_type(node))
            error = WrongOverrideType(node.name, expected, value, node.location, is_list_of_values=depth > 0)
            return _Problem(node.name, error, node.name in self.needed)
        refusing, is_needed = self._refusing(node, value)
        if not refusing:
            return None
        reader, dependency = refusing[0]
        expected = typing_rules.format_type(dependency.type)
        return _Problem(
            node.name, WrongOverrideType(node.name, expected, value, reader.location, reader=reader.name), is_needed
        )

    def depth(self, name: str) -> int:
        """Return how deeply the lists in a provided value must be nested."""
        node = self.graph.nodes.get(name)
        return 0 if node is None else list_depth(node)

    def types(self, name: str) -> list[Any]:
        """Return the types that a provided value must fit."""
        node = self.graph.nodes.get(name)
        if node is None:
            return []
        if node.kind == "function":
            return [value_type(node)]
        types: list[Any] = []
        for _, dependency in self._readers(node):
            if not any(dependency.type is other for other in types):
                types.append(dependency.type)
        return types

    def _refusing(self, node: Node, value: object) -> tuple[list[_Reader], bool]:
        """Return the parameters that a value does not fit, and whether the outputs need any of them.

        If the outputs need any of these parameters, return only the needed parameters.
        """
        refusing = [(reader, read) for reader, read in self._readers(node) if not self._fits(value, read.type)]
        needed = [
            (reader, read) for reader, read in refusing if reader.name in self.needed and reader.name not in self.provided
        ]
        if needed:
            return needed, True
        is_read = any(name in self.needed and name not in self.provided for name in self.graph.consumers[node.name])
        return refusing, not is_read and node.name in self.needed

    def _readers(self, node: Node) -> list[_Reader]:
        """Return the parameters that receive an input or a config value."""
        readers = [self.graph.nodes[name] for name in self.graph.consumers[node.name]]
        return [(reader, read) for reader in readers for read in reader.dependencies if read.source == node.name]

    def _fits(self, value: object, type_: Any) -> bool:
        accepts = self.graph.type_checks.accepts
        return (type(value) is type_ and accepts is DEFAULT_CHECKS.accepts) or accepts(value, type_)


def _wrong_input(node: Node, value: object, refusing: Sequence[tuple[Node, Dependency]]) -> WrongInputType:
    types = [dependency.type for _, dependency in refusing]
    expected = node.type if node.type in types else types[0]
    readers = dict.fromkeys(reader.step for reader, _ in refusing)
    return WrongInputType(node.name, typing_rules.format_type(expected), value, list(readers))


def _is_function(name: str, graph: Graph) -> bool:
    node = graph.nodes.get(name)
    return node is not None and node.kind == "function"


def _applies(error: WrongConfigType, needed: Container[str], replacing: Container[str]) -> bool:
    """Return True if a request needs the parameter that a config value does not fit."""
    is_replaced = error.reader in replacing or (error.key in replacing and not error.is_bound)
    return error.reader in needed and not is_replaced


def _conflicts(graph: Graph, needed: Iterable[str], provided: Collection[str]) -> list[tuple[frozenset[str], HeadwaterError]]:
    """Return groups of savers that would overwrite each other's files, each with the error to report."""
    nodes = (graph.nodes.get(name) for name in needed)
    savers = [node for node in nodes if node and node.tags is not NO_TAGS and node.tags.get(ROLE_TAG) == "saver"]
    savers = [node for node in savers if node.name not in provided]
    if not savers:
        return []
    from headwater.io.shared_paths import shared_paths  # imported lazily: only savers need it

    return [(frozenset({first.name, other.name}), error) for first, other, error in shared_paths(savers)]


def _unused(name: str, graph: Graph) -> UnusedNameWarning:
    return UnusedNameWarning(f"`{name}` was provided, but nothing in the dataflow reads it.{did_you_mean(name, graph.nodes)}")
