"""`draw` and `Drawing`: pictures of a graph in several formats."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from headwater.drawing.dot import dot_text
from headwater.drawing.graphviz import render_with_dot
from headwater.drawing.layout import layout_of
from headwater.drawing.mermaid import mermaid_text
from headwater.drawing.page import iframe, page_html
from headwater.drawing.picture import Orient, Picture, Style, picture_of
from headwater.drawing.svg import svg_text
from headwater.drawing.text import plain_text
from headwater.errors import DrawingError
from headwater.graph.graph import Graph
from headwater.graph.node import Node

_ORIENTS: Final = ("TB", "BT", "LR", "RL")
_SUFFIXES: Final = (".html", ".svg", ".dot", ".gv", ".mmd", ".txt", ".png", ".pdf")


def draw(
    graph: Graph,
    *,
    outputs: Sequence[str] = (),
    inputs: Collection[str] = (),
    overrides: Collection[str] = (),
    orient: Orient = "TB",
    show_legend: bool = True,
    hide_inputs: bool = False,
    style: Callable[[Node], Style | None] | None = None,
) -> Drawing:
    """Draw a graph, or only `outputs` and their dependencies.

    Args:
        graph: the graph to draw.
        outputs: names of nodes to draw in bold. By default, all nodes that no other node depends on.
        inputs: names of provided values. Their dependencies are not drawn.
        overrides: names of nodes whose values are replaced. They are marked, and their dependencies are not drawn.
        orient: the direction of arrows: "TB" down, "BT" up, "LR" right, "RL" left.
        show_legend: add a legend for the shapes.
        hide_inputs: omit inputs.
        style: a function that returns the colors of a node, or None for the default colors.

    Raises:
        UnknownNode: an output is not in the graph.
        DrawingError: `orient` or a color is invalid.
    """
    if orient not in _ORIENTS:
        raise DrawingError(f"`orient` must be one of {', '.join(map(repr, _ORIENTS))}, not {orient!r}.")
    picture = picture_of(
        graph,
        outputs=outputs,
        provided=inputs,
        overrides=overrides,
        hide_inputs=hide_inputs,
        style=style,
        orient=orient,
        show_legend=show_legend,
    )
    return Drawing(picture)


@dataclass(frozen=True)
class Drawing:
    """A picture of a graph. Each format is created on first access. Notebooks display the interactive page."""

    picture: Picture

    @cached_property
    def dot(self) -> str:
        """DOT, Graphviz's language."""
        return dot_text(self.picture)

    @cached_property
    def mermaid(self) -> str:
        """A Mermaid flowchart, which GitHub and many wikis can render."""
        return mermaid_text(self.picture)

    @cached_property
    def text(self) -> str:
        """Plain text with a line for each node, in topological order."""
        return plain_text(self.picture)

    @cached_property
    def svg(self) -> str:
        """An SVG file. Its colors follow the viewer's light or dark mode."""
        return svg_text(self.picture)

    @cached_property
    def html(self) -> str:
        """An interactive page: pan, zoom, and click a node to see its upstream and downstream nodes."""
        return page_html(self.picture)

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the drawing to a file atomically. The suffix selects the format.

        `.html`, `.svg`, `.dot` or `.gv`, `.mmd` (Mermaid) and `.txt` need no other program. `.png` and `.pdf` need Graphviz's
        `dot` program.

        Raises:
            DrawingError: the suffix is unknown, or `dot` is needed but not installed.
        """
        from headwater.io.atomic import replacing  # imported lazily: only writing needs it

        content = self._as(Path(path).suffix.lower())
        with replacing(path) as temporary:
            Path(temporary).write_bytes(content)

    def _as(self, suffix: str) -> bytes:
        match suffix:
            case ".html" | ".htm":
                return self.html.encode()
            case ".svg":
                return self.svg.encode()
            case ".dot" | ".gv":
                return self.dot.encode()
            case ".mmd" | ".mermaid":
                return self.mermaid.encode()
            case ".txt":
                return f"{self.text}\n".encode()
            case ".png" | ".pdf":
                return render_with_dot(self.dot, suffix[1:])
            case _:
                problem = f"The suffix {suffix!r} is not supported." if suffix else "The file name has no suffix."
                raise DrawingError(f"{problem} Use one of: {', '.join(_SUFFIXES)}.")

    def __str__(self) -> str:
        return self.text

    @cached_property
    def embedded(self) -> str:
        """The page in an iframe of suitable height, for embedding in another page."""
        height = min(640, max(160, layout_of(self.picture).height + 110))
        return iframe(self.html, height=int(height))

    def _repr_html_(self) -> str:
        """Return the HTML for notebooks."""
        return self.embedded

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """Return HTML for notebooks, and plain text for notebooks that cannot display HTML."""
        return {"text/html": self.embedded, "text/plain": self.text}
