"""`Picture`: the boxes and arrows of a drawn graph, independent of the output format."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from headwater.encoding.graph import type_with_value
from headwater.errors import DrawingError
from headwater.graph.graph import Graph
from headwater.graph.mapping import elements_of, for_each
from headwater.graph.node import Node
from headwater.quality import ValidationResult

Orient = Literal["TB", "BT", "LR", "RL"]
BoxRole = Literal["input", "config", "function", "check", "override"]

ROLE_NAMES: Final[Mapping[BoxRole, str]] = {
    "input": "input",
    "config": "config value",
    "function": "function",
    "check": "check",
    "override": "override",
}
"""The names of roles in a legend, in order."""


_COLOR: Final = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{1,30}")
"""A single color, in a syntax that all formats support."""


@dataclass(frozen=True, slots=True)
class Style:
    """The style of a box: colors by name or as `#rrggbb`, and a label for the legend."""

    fill: str | None = None
    line: str | None = None
    text: str | None = None
    label: str | None = None

    def __post_init__(self) -> None:
        for name in ("fill", "line", "text"):
            color = getattr(self, name)
            if color is not None and not _COLOR.fullmatch(color):
                raise DrawingError(f"`{name}` of a style must be a color such as `#0b7a8f` or `teal`, not {color!r}.")


PLAIN: Final = Style()


@dataclass(frozen=True, slots=True)
class Box:
    """The box of one node."""

    name: str
    type: str
    """The type. If the function is called for each element, the element's name follows: `int for each word`."""
    role: BoxRole
    is_output: bool = False
    is_mapped: bool = False
    """True if the function is called once for each element."""
    doc: str = ""
    location: str = ""
    """The location of the function. Empty for inputs and config values."""
    tags: tuple[tuple[str, str], ...] = ()
    style: Style = PLAIN


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow for a value that one box passes to another. `source` and `target` are indices into `Picture.boxes`."""

    source: int
    target: int
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Boxes in topological order, and the arrows between them."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    orient: Orient = "TB"
    show_legend: bool = True

    @property
    def legend(self) -> tuple[Box, ...]:
        """One box for each role and style in the picture.

        The box's name is its label in the legend. Empty if there is no legend.
        """
        if not self.show_legend:
            return ()
        present = {box.role for box in self.boxes}
        entries = [Box(label, "", role) for role, label in ROLE_NAMES.items() if role in present]
        if any(box.is_output for box in self.boxes):
            entries.append(Box("output", "", "function", is_output=True))
        if any(box.is_mapped for box in self.boxes):
            entries.append(Box("called for each element", "", "function", is_mapped=True))
        styled = {box.style.label: box for box in self.boxes if box.style.label}
        entries += (Box(label, "", box.role, style=box.style) for label, box in styled.items() if label)
        return tuple(entries)


def picture_of(
    graph: Graph,
    *,
    outputs: Sequence[str] = (),
    provided: Collection[str] = (),
    overrides: Collection[str] = (),
    hide_inputs: bool = False,
    style: Callable[[Node], Style | None] | None = None,
    orient: Orient = "TB",
    show_legend: bool = True,
) -> Picture:
    """Return the picture of a graph, or only of `outputs` and their dependencies.

    `provided` and `overrides` are names of values whose dependencies are not needed.

    Raises:
        UnknownNode: an output is not in the graph.
    """
    known = {*provided, *overrides}
    names = _needed(graph, outputs, known) if outputs else graph.nodes.keys()
    output_names = {graph[name].name for name in outputs} or {node.name for node in graph.sinks}
    nodes = [node for node in graph if node.name in names and not (hide_inputs and node.kind == "input")]
    boxes = tuple(_box(graph, node, overrides, output_names, style) for node in nodes)
    return Picture(boxes, tuple(_arrows(nodes, known)), orient, show_legend)


def _needed(graph: Graph, outputs: Iterable[str], known: Collection[str]) -> set[str]:
    """Return the outputs and their dependencies. Dependencies of the values in `known` are omitted."""
    needed: set[str] = set()
    pending = [graph[name].name for name in outputs]
    while pending:
        name = pending.pop()
        if name not in needed:
            needed.add(name)
            if name not in known:
                pending.extend(graph.sources_of(name))
    return needed


def _box(
    graph: Graph, node: Node, overrides: Collection[str], outputs: Collection[str], style: Callable[[Node], Style | None] | None
) -> Box:
    tags = tuple((key, value if isinstance(value, str) else ", ".join(value)) for key, value in node.tags.items())
    elements = elements_of(node)
    return Box(
        name=node.name,
        type=f"{type_with_value(graph, node)} {for_each(elements)}".rstrip(),
        role=_role(node, overrides),
        is_output=node.name in outputs,
        is_mapped=bool(elements),
        doc=node.doc,
        location=str(node.location) if node.kind == "function" else "",
        tags=tags,
        style=(style(node) if style else None) or PLAIN,
    )


def _role(node: Node, overrides: Collection[str]) -> BoxRole:
    if node.name in overrides:
        return "override"
    if node.kind != "function":
        return node.kind
    return "check" if node.type is ValidationResult else "function"


def _arrows(nodes: Sequence[Node], known: Collection[str]) -> Iterable[Arrow]:
    positions = {node.name: position for position, node in enumerate(nodes)}
    for target, node in enumerate(nodes):
        if node.name in known:
            continue
        optional: dict[int, bool] = {}
        for dependency in node.dependencies:
            source = positions.get(dependency.source)
            if source is not None:
                optional[source] = dependency.optional and optional.get(source, True)
        yield from (Arrow(source, target, is_optional) for source, is_optional in optional.items())
