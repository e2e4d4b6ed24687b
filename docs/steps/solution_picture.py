"""`solution_picture`: the graph that a puzzle asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from headwater.drawing import Drawing, draw
from headwater.drawing.layout import layout_of
from headwater.session import Session
from steps.settings import StepError

if TYPE_CHECKING:
    from headwater.drawing.picture import Picture
    from headwater.graph.graph import Graph
    from steps.step import Step

MAX_WIDTH: Final = 800
"""The width of a page's text, in pixels. A wider picture would be scaled down."""


def solution_picture(step: Step) -> Drawing:
    """Draw the graph of a step's solution, without its code: tooltips have no docstrings or source locations.

    Raises:
        StepError: the solution has no graph.
    """
    with Session() as session:
        session.update({**step.start, **step.data_texts, **step.solution.files}, **step.solution.values)
        session.run(step.outputs)
        if session.latest_run is None:
            raise StepError(f"The solution to {step.name} has no graph: {session.failure}")
        picture = _picture(session.latest_run.graph)
    return Drawing(replace(picture, boxes=tuple(replace(box, doc="", location="") for box in picture.boxes)))


def _picture(graph: Graph) -> Picture:
    """Draw from top to bottom. If that picture is wider than the text, use the direction with the narrower picture."""
    down = draw(graph, show_legend=False).picture
    if _width(down) <= MAX_WIDTH:
        return down
    return min(down, draw(graph, orient="LR", show_legend=False).picture, key=_width)


def _width(picture: Picture) -> float:
    return layout_of(picture).width
