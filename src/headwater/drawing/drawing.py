"""`Drawing`: a picture of a graph, in whatever format it is asked for."""

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
    """Draws a graph, or with `outputs` only what making them takes.

    Args:
        graph: what is drawn; it is not changed.
        outputs: names of nodes; they are drawn bold. Without, all nodes that no other reads are.
        inputs: names of values that are handed in: nothing that would make them is drawn.
        overrides: as `inputs`, for values that take the place of a function's; they are marked.
        orient: where arrows lead: "TB" down, "BT" up, "LR" to the right, "RL" to the left.
        show_legend: add what the shapes mean.
        hide_inputs: leave out what no function makes.
        style: returns for a node in which colours it is drawn, or None.

    Raises:
        UnknownNode: for an output that the graph does not have.
        DrawingError: for another `orient`, or a colour that is none.
    """
    if orient not in _ORIENTS:
        raise DrawingError(f"`orient` must be one of {', '.join(map(repr, _ORIENTS))}, not {orient!r}.")
    picture = picture_of(
        graph,
        outputs=outputs,
        given=inputs,
        overrides=overrides,
        hide_inputs=hide_inputs,
        style=style,
        orient=orient,
        show_legend=show_legend,
    )
    return Drawing(picture)


@dataclass(frozen=True)
class Drawing:
    """A picture of a graph. Each format is made when it is first asked for; notebooks show the interactive one."""

    picture: Picture

    @cached_property
    def dot(self) -> str:
        """DOT, the language of Graphviz."""
        return dot_text(self.picture)

    @cached_property
    def mermaid(self) -> str:
        """A Mermaid flowchart, as GitHub and many wikis draw it."""
        return mermaid_text(self.picture)

    @cached_property
    def text(self) -> str:
        """A line for each node, in topological order."""
        return plain_text(self.picture)

    @cached_property
    def svg(self) -> str:
        """An SVG file, light or dark as its viewer prefers."""
        return svg_text(self.picture)

    @cached_property
    def html(self) -> str:
        """A whole page: move, zoom, and click a node to see what it is made from and what is made from it."""
        return page_html(self.picture)

    def write(self, path: str | os.PathLike[str]) -> None:
        """Writes the drawing to a file, all of it or nothing; the suffix says in which format.

        `.html`, `.svg`, `.dot` or `.gv`, `.mmd` (Mermaid) and `.txt` need nothing else. `.png` and `.pdf` are drawn by the
        `dot` program of Graphviz, which has to be installed.

        Raises:
            DrawingError: for another suffix, or where `dot` is needed and missing.
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
                problem = f"The suffix {suffix!r} names no drawing format." if suffix else "The file name has no suffix."
                raise DrawingError(f"{problem} Use one of: {', '.join(_SUFFIXES)}.")

    def __str__(self) -> str:
        return self.text

    @cached_property
    def embedded(self) -> str:
        """The page in a frame of fitting height, to stand within another page."""
        height = min(640, max(160, layout_of(self.picture).height + 110))
        return iframe(self.html, height=int(height))

    def _repr_html_(self) -> str:
        """What notebooks show."""
        return self.embedded

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """All that a notebook may choose from: the interactive drawing, or text where it shows no HTML."""
        return {"text/html": self.embedded, "text/plain": self.text}
