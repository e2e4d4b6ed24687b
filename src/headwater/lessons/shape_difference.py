"""`difference`: explains in a sentence why a learner's graph does not have the shape of the target."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from headwater.errors.suggestions import did_you_mean
from headwater.lessons.isomorphism import Coloring, is_isomorphic

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from headwater.lessons.shape import GraphShape, Label

Signature = tuple["Label", int, int]
"""A node's label, the number of nodes that it depends on, and the number of nodes that depend on it."""

_MAX_NAMES: Final = 10
_COUNTED: Final[Mapping[Label, tuple[str, str]]] = {
    "input": ("input", "inputs"),
    "config": ("config value", "config values"),
    "for each": ("node whose function is called for each element", "nodes whose functions are called for each element"),
    "function": ("other computed node", "other computed nodes"),
}
_ROLES: Final[Mapping[Label, str]] = {
    "input": "an input",
    "config": "a config value",
    "for each": "a node whose function is called for each element",
    "function": "a node that a function computes once",
}


def difference(found: GraphShape, target: GraphShape, named: Collection[str] = ()) -> str:
    """Return the first difference between a learner's graph and the target. Empty if they are isomorphic.

    Args:
        found: the learner's graph.
        target: the graph to build.
        named: the nodes of the target whose names the learner must use.
    """
    if is_isomorphic(found, target, named):
        return ""
    return next(_differences(found, target, sorted(named)))


def _differences(found: GraphShape, target: GraphShape, named: list[str]) -> Iterator[str]:
    yield from _missing_names(found, target, named)
    yield from _wrong_labels(found, target, named)
    yield from _wrong_numbers_of_nodes(found, target)
    yield from _wrong_edges_of_named(found, target, named)
    yield from _wrong_number_of_edges(found, target)
    yield from _wrong_signatures(found, target)
    yield _wrong_structure(found, target, named)


def _missing_names(found: GraphShape, target: GraphShape, named: list[str]) -> Iterator[str]:
    for name in named:
        if name not in found.labels:
            suggestion = did_you_mean(name, found.labels)
            if target.labels[name] == "input":
                yield f"There is no input `{name}` yet. Write a function with a parameter of that name.{suggestion}"
            else:
                yield f"There is no node `{name}` yet. Define it with a function or a decorator.{suggestion}"


def _wrong_labels(found: GraphShape, target: GraphShape, named: list[str]) -> Iterator[str]:
    for name in named:
        actual, expected = found.labels[name], target.labels[name]
        if actual != expected:
            yield f"`{name}` should be {_ROLES[expected]}, but it is {_ROLES[actual]}."


def _wrong_numbers_of_nodes(found: GraphShape, target: GraphShape) -> Iterator[str]:
    total = f"The graph should have {_count(len(target.labels), 'node', 'nodes')}"
    if len(found.labels) != len(target.labels):
        inputs = sorted(name for name in found.labeled("input") if name not in target.labels)
        if inputs and len(found.labels) > len(target.labels):
            yield f"{total}, but it has {len(found.labels)}. No function computes {_names(inputs)}."
        yield f"{total}, but it has {len(found.labels)}: {_names(found.labels)}."
    for label, words in _COUNTED.items():
        actual, expected = found.labeled(label), target.labeled(label)
        if len(actual) != len(expected):
            yield f"The graph should have {_count(len(expected), *words)}, but it has {_numbered(actual)}."


def _wrong_edges_of_named(found: GraphShape, target: GraphShape, named: list[str]) -> Iterator[str]:
    for name in named:
        sources, expected = found.sources[name], len(target.sources[name])
        if len(sources) != expected:
            actual = f"it depends on {_numbered(sources)}" if sources else "it does not depend on any node"
            goal = f"should depend directly on {_nodes(expected)}" if expected else "should not depend on any node"
            yield f"`{name}` {goal}, but {actual}."
        consumers, expected = found.consumers[name], len(target.consumers[name])
        if len(consumers) != expected:
            actual = f"it is used by {_numbered(consumers)}" if consumers else "no node uses it"
            goal = f"`{name}` should be used by {_nodes(expected)}" if expected else f"No node should use `{name}`"
            yield f"{goal}, but {actual}."


def _wrong_number_of_edges(found: GraphShape, target: GraphShape) -> Iterator[str]:
    actual, expected = found.number_of_edges, target.number_of_edges
    if actual != expected:
        yield f"The graph should have {_count(expected, 'edge', 'edges')}, but it has {actual}.{_hint(found, target)}"


def _wrong_signatures(found: GraphShape, target: GraphShape) -> Iterator[str]:
    if hint := _hint(found, target):
        yield f"The graph has the right number of nodes and edges, but some edges connect the wrong nodes.{hint}"


def _hint(found: GraphShape, target: GraphShape) -> str:
    """Describe a node that only the learner's graph has, and the most similar node that only the target has."""
    actual = {name: _signature(found, name) for name in sorted(found.labels)}
    expected = Counter(_signature(target, name) for name in target.labels)
    missing = expected - Counter(actual.values())
    unexpected = Counter(actual.values()) - expected
    name = next((name for name, signature in actual.items() if signature in unexpected), None)
    if name is None or not missing:
        return ""
    instead = min(missing, key=lambda signature: (_distance(signature, actual[name]), signature))
    return f" `{name}` {_described(actual[name])}. The graph lacks a node that {_described(instead)}."


def _wrong_structure(found: GraphShape, target: GraphShape, named: list[str]) -> str:
    *_, coloring = Coloring.initial(found, target, named).refinements()
    first, second = coloring.colors
    unexpected = Counter(first.values()) - Counter(second.values())
    name = next((name for name in sorted(first) if first[name] in unexpected), None)
    start = "" if name is None else f" Compare the nodes before and after `{name}` with the target."
    return f"Each node has the right number of edges, but some edges connect the wrong nodes.{start}"


def _signature(shape: GraphShape, name: str) -> Signature:
    return shape.labels[name], len(shape.sources[name]), len(shape.consumers[name])


def _distance(first: Signature, second: Signature) -> tuple[bool, int]:
    return first[0] != second[0], abs(first[1] - second[1]) + abs(first[2] - second[2])


def _described(signature: Signature) -> str:
    _, sources, consumers = signature
    return f"depends directly on {_nodes(sources)} and is used by {_nodes(consumers)}"


def _nodes(number: int) -> str:
    return _count(number, "node", "nodes")


def _numbered(names: Collection[str]) -> str:
    return f"{len(names)}: {_names(names)}" if names else "none"


def _count(number: int, singular: str, plural: str) -> str:
    return f"{number or 'no'} {singular if number == 1 else plural}"


def _names(names: Collection[str]) -> str:
    more = len(names) - _MAX_NAMES
    listed = ", ".join(f"`{name}`" for name in sorted(names)[:_MAX_NAMES])
    return f"{listed} and {more} more" if more > 0 else listed
