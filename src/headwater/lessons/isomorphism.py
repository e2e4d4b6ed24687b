"""`is_isomorphic`: whether two shapes are equal except for the names of their nodes.

Refinement gives each node a color that depends on the colors of its neighbors, until no color splits further. Nodes of
different colors cannot correspond. If several nodes still share a color, the search pairs two of them and refines again.
The search is exact, and takes milliseconds for the graphs in lessons, which have up to about 30 nodes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from headwater.lessons.shape import GraphShape

Colors = Mapping[str, int]


def is_isomorphic(first: GraphShape, second: GraphShape, named: Collection[str] = ()) -> bool:
    """Return whether a one-to-one mapping between the nodes of two shapes preserves all labels and edges.

    Args:
        first: one of the shapes.
        second: the other one.
        named: the nodes that must have the same name in both shapes.

    >>> from headwater.lessons.shape import GraphShape
    >>> chain = GraphShape.described({"one": [], "two": ["one"]})
    >>> is_isomorphic(chain, GraphShape.described({"a": ["b"], "b": []}))
    True
    >>> is_isomorphic(chain, GraphShape.described({"a": ["b"]}))
    False
    """
    return _can_be_paired(Coloring.initial(first, second, named))


@dataclass(frozen=True, slots=True)
class Coloring:
    """A color for each node of two shapes. Corresponding nodes have equal colors."""

    first: GraphShape
    second: GraphShape
    colors: tuple[Colors, Colors]

    @classmethod
    def initial(cls, first: GraphShape, second: GraphShape, named: Collection[str]) -> Coloring:
        """Color the nodes by their labels, and the named nodes also by their names."""
        keys = [
            {name: (label, name if name in named else "") for name, label in shape.labels.items()} for shape in (first, second)
        ]
        return cls(first, second, _numbered(*keys))

    @property
    def is_balanced(self) -> bool:
        """True if both shapes have the same number of nodes of each color."""
        first, second = self.colors
        return Counter(first.values()) == Counter(second.values())

    def refinements(self) -> Iterator[Coloring]:
        """Yield this coloring, then finer ones, until no color splits or a coloring is not balanced."""
        coloring, number = self, -1
        while coloring.number_of_colors > number:
            yield coloring
            if not coloring.is_balanced:
                return
            number = coloring.number_of_colors
            coloring = coloring.refined()

    @property
    def number_of_colors(self) -> int:
        """The number of distinct colors in the two shapes together."""
        first, second = self.colors
        return len({*first.values(), *second.values()})

    def refined(self) -> Coloring:
        """Refine each node's color by the colors of its neighbors."""
        keys = [_neighborhoods(*pair) for pair in zip((self.first, self.second), self.colors, strict=True)]
        return Coloring(self.first, self.second, _numbered(*keys))

    def paired(self, name: str, other: str) -> Coloring:
        """Give a new color to a pair of nodes, one from each shape."""
        first, second = self.colors
        color = self.number_of_colors
        return Coloring(self.first, self.second, ({**first, name: color}, {**second, other: color}))

    def smallest_tie(self) -> tuple[list[str], list[str]] | None:
        """Return, for each shape, the nodes of the rarest color that is not unique. None if all colors are unique."""
        first, second = self.colors
        sizes = {color: size for color, size in Counter(first.values()).items() if size > 1}
        if not sizes:
            return None
        tied = min(sizes, key=lambda color: (sizes[color], color))
        return _with_color(first, tied), _with_color(second, tied)


def _can_be_paired(coloring: Coloring) -> bool:
    *_, coloring = coloring.refinements()
    if not coloring.is_balanced:
        return False
    tie = coloring.smallest_tie()
    if tie is None:
        return True  # each node has exactly one counterpart, and their neighbors correspond
    (name, *_), candidates = tie
    return any(_can_be_paired(coloring.paired(name, candidate)) for candidate in candidates)


def _neighborhoods(shape: GraphShape, colors: Colors) -> dict[str, Hashable]:
    """Return each node's color with the colors of the nodes directly upstream and downstream."""
    return {
        name: (color, tuple(_sorted_colors(shape.sources[name], colors)), tuple(_sorted_colors(shape.consumers[name], colors)))
        for name, color in colors.items()
    }


def _sorted_colors(names: Collection[str], colors: Colors) -> list[int]:
    return sorted(colors[name] for name in names)


def _numbered(first: Mapping[str, Any], second: Mapping[str, Any]) -> tuple[Colors, Colors]:
    """Replace each node's key with a number. Equal keys get equal numbers."""
    numbers = {key: number for number, key in enumerate(sorted({*first.values(), *second.values()}))}
    return ({name: numbers[key] for name, key in first.items()}, {name: numbers[key] for name, key in second.items()})


def _with_color(colors: Colors, color: int) -> list[str]:
    return sorted(name for name, other in colors.items() if other == color)
