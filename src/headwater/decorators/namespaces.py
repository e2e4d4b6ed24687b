"""`Namespace`: copies of other functions' nodes under a prefix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from headwater.graph.node import Argument, Dependency, Node


class Namespace:
    """Other functions' nodes under a prefix.

    The nodes may depend on one another and on nodes outside the namespace. `provided` maps original names to the names of nodes
    outside the namespace.
    """

    def __init__(self, node: Node, namespace: str, nodes: Iterable[Node], provided: Mapping[str, str]) -> None:
        self._node = node
        self._nodes = [inner for inner in nodes if inner.name not in provided]
        self._provided = provided
        self.names = {inner.name: f"{namespace}.{inner.name}" for inner in self._nodes}
        """The prefixed name of each node, keyed by its original name."""

    def nodes(self) -> Sequence[Node]:
        """Return the nodes under their prefixed names."""
        function = self._node.function
        return [
            inner.replaced(
                name=self.names[inner.name],
                arguments=tuple(self.rewire(argument) for argument in inner.arguments),
                shaped_by=(*inner.shaped_by, *([function] if function is not None else [])),
            )
            for inner in self._nodes
        ]

    def rewire(self, argument: Argument) -> Argument:
        """Return the argument. If its source is in the namespace or in `provided`, the source is renamed."""
        if not isinstance(argument, Dependency):
            return argument
        if argument.source in self.names:
            return argument._replace(source=self.names[argument.source])
        name = self._provided.get(argument.source)
        return argument if name is None else argument._replace(source=name)
