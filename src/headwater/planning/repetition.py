"""`repeated_plan`: one plan for many combinations of values. Each node is repeated only for the values that it depends on."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from headwater.errors import short_repr
from headwater.graph.node import Dependency
from headwater.planning.plan import plan_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from headwater.graph.node import Argument, Node
    from headwater.planning.plan import Plan

_MAX_VALUE_LENGTH: Final = 24
"""The maximum length of a value in the name of a repeated node."""

Point = tuple[int, ...]
"""A combination of values, given by the index of the value on each axis."""


class RepeatedPlan(NamedTuple):
    """A plan whose nodes are repeated, with names such as `total[price=2]`."""

    plan: Plan
    values: Mapping[str, Any]
    """The values on the axes, keyed by the names of their inputs in the plan."""
    outputs: Sequence[Mapping[str, str]]
    """For each point, a mapping from each output to its name in the plan."""


def repeated_plan(
    nodes: Sequence[Node],
    outputs: Collection[str],
    provided: Iterable[str],
    axes: Mapping[str, Sequence[Any]],
    points: Sequence[Point],
) -> RepeatedPlan:
    """Return one plan that computes the outputs at every point.

    Args:
        nodes: the nodes that the outputs need, in topological order.
        outputs: the names of nodes or provided values.
        provided: the names of the values that are the same at every point.
        axes: the values of each input or override that varies, keyed by name.
        points: the combinations of values.
    """
    provided = frozenset(provided)
    repetition = _Repetition(nodes, provided, axes, points)
    copies = {copy.name: copy for node in nodes for copy in repetition.copies(node)}
    values = {
        repetition.name(axis, (position,)): value
        for index, (axis, axis_values) in enumerate(axes.items())
        for position, value in enumerate(axis_values)
        if (position,) in repetition.keys((index,))
    }
    names = [{output: repetition.name_at(output, point) for output in outputs} for point in points]
    distinct = dict.fromkeys(name for at_point in names for name in at_point.values())
    return RepeatedPlan(plan_of(copies, distinct, provided.union(values)), values, names)


class _Repetition:
    """The names and arguments of repeated nodes."""

    def __init__(
        self, nodes: Sequence[Node], provided: Collection[str], axes: Mapping[str, Sequence[Any]], points: Sequence[Point]
    ) -> None:
        self._axes = list(axes)
        self._texts = [_texts(values) for values in axes.values()]
        self._points = points
        self._keys: dict[Point, dict[Point, None]] = {}
        self._varies_with: dict[str, Point] = {axis: (index,) for index, axis in enumerate(axes)}
        """The indexes of the axes on which each node depends, keyed by node name. Nodes that depend on no axis are omitted."""
        for node in nodes:
            if node.name not in axes and node.name not in provided:  # the function of a provided node is not called
                indexes = {index for read in node.dependencies for index in self._varies_with.get(read.source, ())}
                if indexes:
                    self._varies_with[node.name] = tuple(sorted(indexes))

    def keys(self, indexes: Point) -> Mapping[Point, None]:
        """Return the distinct combinations of values on the axes in `indexes`, in the order of the points."""
        if indexes not in self._keys:
            self._keys[indexes] = dict.fromkeys(tuple(point[index] for index in indexes) for point in self._points)
        return self._keys[indexes]

    def copies(self, node: Node) -> Iterable[Node]:
        """Yield the node once for each combination of values that it depends on."""
        indexes = self._varies_with.get(node.name)
        if indexes is None:
            yield node
            return
        if node.name in self._axes:
            for key in self.keys(indexes):
                yield dataclasses.replace(node, name=self.name(node.name, key))
            return
        for key in self.keys(indexes):
            at = dict(zip(indexes, key, strict=True))
            arguments = tuple(self._argument(argument, at) for argument in node.arguments)
            yield dataclasses.replace(node, name=self.name(node.name, key), arguments=arguments)

    def name(self, name: str, key: Point) -> str:
        """Return the name of a node's copy for a combination of the values that the node depends on."""
        indexes = self._varies_with[name]
        pairs = (f"{self._axes[index]}={self._texts[index][at]}" for index, at in zip(indexes, key, strict=True))
        return f"{name}[{', '.join(pairs)}]"

    def name_at(self, name: str, point: Point) -> str:
        """Return the name of a node's copy for a point."""
        indexes = self._varies_with.get(name)
        return name if indexes is None else self.name(name, tuple(point[index] for index in indexes))

    def _argument(self, argument: Argument, at: Mapping[int, int]) -> Argument:
        indexes = self._varies_with.get(argument.source) if isinstance(argument, Dependency) else None
        if indexes is None:
            return argument
        assert isinstance(argument, Dependency)
        return argument._replace(source=self.name(argument.source, tuple(at[index] for index in indexes)))


def _texts(values: Sequence[Any]) -> list[str]:
    """Return short, distinct labels for the values on an axis: the values themselves if possible, otherwise numbers."""
    texts = [short_repr(value, _MAX_VALUE_LENGTH) for value in values]
    return texts if len(set(texts)) == len(texts) else [f"#{number}" for number in range(1, len(texts) + 1)]
