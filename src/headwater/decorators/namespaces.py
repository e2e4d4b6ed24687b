"""`Namespace`: the nodes of other functions once more, under a namespace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from headwater.graph.node import Argument, Dependency, Node


class Namespace:
    """Nodes of other functions under a namespace: they read one another there, and what is given to them elsewhere."""

    def __init__(self, node: Node, namespace: str, nodes: Iterable[Node], given: Mapping[str, str]) -> None:
        self._node = node
        self._nodes = [one for one in nodes if one.name not in given]
        self._given = given
        self.names = {one.name: f"{namespace}.{one.name}" for one in self._nodes}
        """The nodes' new names by their old ones."""

    def nodes(self) -> Sequence[Node]:
        """The nodes under their new names."""
        function = self._node.function
        return [
            one.replaced(
                name=self.names[one.name],
                arguments=tuple(self.moved(argument) for argument in one.arguments),
                shaped_by=(*one.shaped_by, *([function] if function is not None else [])),
            )
            for one in self._nodes
        ]

    def moved(self, argument: Argument) -> Argument:
        """An argument of a node in this space; itself where nothing here is about it."""
        if not isinstance(argument, Dependency):
            return argument
        if argument.source in self.names:
            return argument._replace(source=self.names[argument.source])
        name = self._given.get(argument.source)
        return argument if name is None else argument._replace(source=name)
