"""`solution_picture`: the graph that a puzzle asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.drawing import Drawing, draw
from headwater.session import Session
from steps.settings import StepError

if TYPE_CHECKING:
    from steps.step import Step


def solution_picture(step: Step) -> Drawing:
    """Draw the graph of a step's solution, without its code: tooltips have no docstrings and source locations.

    Raises:
        StepError: the solution has no graph.
    """
    with Session() as session:
        session.update({**step.start, **step.data_texts, **step.solution.files}, **step.solution.values)
        session.run(step.outputs)
        if session.latest_run is None:
            raise StepError(f"The solution of {step.name} has no graph: {session.failure}")
        picture = draw(session.latest_run.graph, show_legend=False).picture
    return Drawing(replace(picture, boxes=tuple(replace(box, doc="", location="") for box in picture.boxes)))
