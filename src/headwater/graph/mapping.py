"""`mapped`: finds the nodes that are computed once for each element, and wraps their operations accordingly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from headwater.errors import MappingError
from headwater.errors.suggestions import did_you_mean
from headwater.graph.node import Dependency, Node
from headwater.graph.operation import Await, Expand, FunctionCall, Gather, Map, Operation, Origin
from headwater.types.element_types import (
    element_type,
    has_several_types,
    is_collect,
    is_element_marker,
    is_parallelizable,
    nested_marker,
)
from headwater.types.typing_rules import format_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from headwater.graph.node import Argument

Elements = tuple[str, ...]
"""The names of the nodes over whose elements a node is mapped, outermost first. Empty for a single value."""


class MappedNodes(NamedTuple):
    """The nodes of a graph, after `Parallelizable` and `Collect` were applied."""

    nodes: Mapping[str, Node]
    """All nodes, by name. Nodes that are computed once for each element have a `Map` operation."""
    element_nodes: Mapping[str, Node]
    """All nodes, with the types of single elements: the types that functions take and return in each call."""
    errors: Sequence[MappingError]


def mapped(nodes: Mapping[str, Node], order: Iterable[str]) -> MappedNodes:
    """Return the nodes of a graph with operations that apply functions to each element.

    Args:
        nodes: all nodes by name.
        order: their names in topological order.
    """
    if not _have_markers(nodes.values()):
        return MappedNodes(nodes, nodes, ())
    finder = _ElementFinder(nodes)
    changed = {name: finder.node(nodes[name]) for name in order}
    return MappedNodes(
        {name: changed[name] for name in nodes}, {name: _element_node(node) for name, node in nodes.items()}, finder.errors
    )


def _have_markers(nodes: Iterable[Node]) -> bool:
    """Return True if the type of any value or parameter is, or contains, `Parallelizable` or `Collect`.

    This runs for all parameters of every graph, so it compares the class of a type first: most types are plain classes.
    """
    for node in nodes:
        type_ = node.type
        if type(type_) is not type and (is_element_marker(type_) or nested_marker(type_)):
            return True
        for argument in node.arguments:
            type_ = argument.type
            if type(type_) is not type and (is_element_marker(type_) or nested_marker(type_)):
                return True
    return False


def _element_node(node: Node) -> Node:
    """Return the node with the types of single elements."""
    if not _have_markers([node]):
        return node
    arguments = tuple(argument._replace(type=element_type(argument.type)) for argument in node.arguments)
    return node.replaced(type=element_type(node.type), arguments=arguments)


class _ElementFinder:
    """Finds the elements over which each node is mapped. Visits the nodes in topological order."""

    def __init__(self, nodes: Mapping[str, Node]) -> None:
        self.errors: list[MappingError] = []
        self._nodes = nodes
        self._elements: dict[str, Elements] = {}
        """The elements, keyed by node name. Nodes with a single value are omitted."""
        self._unclear: set[str] = set()
        """The nodes for which an error makes it unclear whether they are mapped."""

    def node(self, node: Node) -> Node:
        """Return the node. If the node is mapped, its operation applies the function to each element."""
        if node.kind != "function":
            return node
        node = _unmapped(node)
        misplaced = list(self._misplaced(node))
        self.errors += misplaced
        if misplaced or any(read.source in self._unclear for read in node.dependencies):
            self._unclear.add(node.name)
        reads = [self._read(argument, node) for argument in node.arguments]
        elements = max(reads, key=len, default=())
        self._check(node, reads, elements)
        operation: Operation | None = node.operation
        origin = Origin(node.name, node.location)
        if is_parallelizable(node.type):
            operation = Expand(node.explicit_operation, origin)
            self._elements[node.name] = (*elements, node.name)
        elif elements:
            self._elements[node.name] = elements
        if elements:
            inner = operation or node.explicit_operation
            names = tuple(argument.parameter for argument in node.arguments)
            operation = Map(inner, tuple(map(len, reads)), elements, names, origin)
        return node if operation is node.operation else node.replaced(operation=operation)

    def _read(self, argument: Argument, node: Node) -> Elements:
        """Return the elements over which a parameter is mapped. The parameter receives one value for each of these elements."""
        if not isinstance(argument, Dependency):
            return ()
        elements = self._elements.get(argument.source, ())
        if not is_collect(argument.type):
            return elements
        if not elements and argument.source not in self._unclear:
            source = self._nodes[argument.source]
            is_input = source.kind == "input"
            element = format_type(element_type(argument.type))
            type_ = f"list[{element}]" if is_input else format_type(source.type)
            functions = (other.name for other in self._nodes.values() if other.kind == "function" and other is not node)
            suggestion = did_you_mean(source.name, functions) if is_input else ""
            error = MappingError.nothing_to_collect(
                node.step, argument.parameter, source.step, type_, is_input=is_input, suggestion=suggestion
            )
            self.errors.append(error)
        return elements[:-1]

    def _is_mapped(self, node: Node) -> bool:
        """Return True if a parameter receives single elements."""
        return any(
            isinstance(argument, Dependency) and len(self._elements.get(argument.source, ())) > is_collect(argument.type)
            for argument in node.arguments
        )

    def _check(self, node: Node, reads: Sequence[Elements], elements: Elements) -> None:
        """Report an error if two dependencies of a node are mapped over unrelated elements."""
        for argument, read in zip(node.arguments, reads, strict=True):
            if read != elements[: len(read)]:
                longest = node.arguments[reads.index(elements)]
                assert isinstance(argument, Dependency)
                assert isinstance(longest, Dependency)
                described = ((longest.source, elements[-1]), (argument.source, read[-1]))
                self.errors.append(MappingError.unrelated_elements(node.step, *described))
                return

    def _misplaced(self, node: Node) -> Iterator[MappingError]:
        """Yield the errors for annotations that are used where they have no meaning."""
        if is_collect(node.type):
            type_ = format_type(element_type(node.type))
            advice = (
                f"The function is called once for each element, so return `{type_}`."
                if self._is_mapped(node)
                else f"Return `list[{type_}]`, or `Parallelizable[{type_}]` to map downstream functions over the elements."
            )
            yield MappingError.misplaced(node.step, "returns `Collect`, which is only for parameters", advice)
        yield from self._misshapen(node)
        for argument in node.arguments:
            if is_parallelizable(argument.type):
                type_ = format_type(element_type(argument.type))
                advice = f"Annotate it with {type_} to receive one element, or with `Collect[{type_}]` to receive all."
                described = f"takes `{argument.parameter}` as `Parallelizable`, which is only for return values"
                yield MappingError.misplaced(node.step, described, advice)
        if is_parallelizable(node.type) and not _is_plain_call(node.explicit_operation):
            advice = "Instead, decorate a downstream function that takes one element, or all elements with `Collect`."
            yield MappingError.misplaced(
                node.step, "returns `Parallelizable`, but a decorator changes or checks its value", advice
            )

    def _misshapen(self, node: Node) -> Iterator[MappingError]:
        """Yield the errors for `Parallelizable` and `Collect` nested in other types or with more than one type argument."""
        described = [(f"returns `{format_type(node.type)}`", "return type", node.type)]
        described += [
            (f"takes `{argument.parameter}: {format_type(argument.type)}`", "type of a parameter", argument.type)
            for argument in node.arguments
            if not (isinstance(argument, Dependency) and argument.source in self._unclear)
        ]
        for description, place, type_ in described:
            if marker := nested_marker(type_):
                advice = f"Use `{marker}[...]` alone. If there are no elements, use an empty list."
                yield MappingError.misplaced(node.step, f"{description}, but `{marker}` must be the whole {place}", advice)
            elif has_several_types(type_):
                yield MappingError.misplaced(
                    node.step, description, "All elements must have the same type. For several types, use a union."
                )


def _unmapped(node: Node) -> Node:
    """Return the node with the operation that it had before `mapped` wrapped it.

    This makes it possible to reuse a graph's nodes in another graph.
    """
    operation = node.operation
    while isinstance(operation, Map | Expand):
        operation = operation.inner
    return node if operation is node.operation else node.replaced(operation=operation)


def _is_plain_call(operation: Operation) -> bool:
    """Return True for a call whose value no decorator changes."""
    match operation:
        case FunctionCall():
            return True
        case Await(inner) | Gather(inner):
            return _is_plain_call(inner)
        case _:
            return False


def elements_of(node: Node) -> Elements:
    """Return the names of the nodes over whose elements a node is mapped.

    Empty if the node's function is called only once.

    >>> from headwater import Builder, Parallelizable
    >>> def word(text: str) -> Parallelizable[str]:
    ...     yield from text.split()
    >>> def length(word: str) -> int:
    ...     return len(word)
    >>> graph = Builder().with_functions(word, length).build().graph
    >>> elements_of(graph["word"]), elements_of(graph["length"])
    ((), ('word',))
    """
    return node.operation.over if isinstance(node.operation, Map) else ()


def for_each(elements: Sequence[str]) -> str:
    """Describe the elements for which a function is called. Empty for a single call.

    >>> for_each(["sentence", "word"])  # the drawing already shows `word` as "for each sentence"
    'for each word'
    """
    return f"for each {elements[-1]}" if elements else ""


def value_type(node: Node) -> Any:
    """Return the type of a node's value in a run: nested lists if the node has several values.

    >>> from headwater import Builder, Parallelizable
    >>> def word(text: str) -> Parallelizable[str]:
    ...     yield from text.split()
    >>> value_type(Builder().with_functions(word).build().graph["word"])
    list[str]
    """
    depth = list_depth(node)
    if not depth:
        return node.type
    nested: Any = element_type(node.type)
    for _ in range(depth):
        nested = list[nested]
    return nested


def list_depth(node: Node) -> int:
    """Return the nesting depth of the lists in a node's value in a run. 0 for a single value."""
    match node.operation:
        case Map(Expand(), over=over):
            return len(over) + 1
        case Map(over=over):
            return len(over)
        case Expand():
            return 1
        case _:
            return 0


def is_nested(value: object, depth: int) -> bool:
    """Return False if a value is a list whose nesting depth is less than `depth`.

    >>> is_nested([[1], []], 2), is_nested([[1], 2], 2), is_nested([1], 1)
    (True, False, True)
    """
    if depth < 2 or not isinstance(value, list):
        return True
    return all(isinstance(inner, list) and is_nested(inner, depth - 1) for inner in value)
