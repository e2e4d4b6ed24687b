"""Truncates a session's reports to the bounds in `wire/bounds.py`, with a notice about the omitted parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from headwater.errors.quantities import counted
from headwater.previews import preview
from headwater.previews.texts import type_name
from headwater.session.problems import make_problem
from headwater.wire.bounds import (
    MAX_EDGES,
    MAX_NODES,
    MAX_PROBLEMS,
    MAX_RUN_IMAGES_LENGTH,
    MAX_RUN_OUTPUTS_LENGTH,
    MAX_RUN_PRINTS_LENGTH,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.wire.views import GraphView, NodeRun, Preview, ProblemView

OMITTED = "…"
"""Replaces printed text that exceeds the limit."""


def truncate_graph(graph: GraphView) -> GraphView:
    """Return the first nodes of a very large graph, with the edges between them."""
    nodes, edges = graph["nodes"], graph["edges"]
    if len(nodes) <= MAX_NODES and len(edges) <= MAX_EDGES:
        return {**graph, "problems": truncate_problems(graph["problems"])}
    shown = nodes[:MAX_NODES]
    names = {node["name"] for node in shown}
    edges_shown = [edge for edge in edges if edge["source"] in names and edge["target"] in names][:MAX_EDGES]
    message = (
        f"This dataflow is too large to show in full. The graph shows only the first {len(shown):,} of {len(nodes):,} "
        f"nodes and {len(edges_shown):,} of {len(edges):,} edges."
    )
    problems = [make_problem("LargeDataflow", message, severity="warning"), *graph["problems"]]
    return {**graph, "nodes": shown, "edges": edges_shown, "problems": truncate_problems(problems)}


def truncate_problems(problems: list[ProblemView]) -> list[ProblemView]:
    """Return the first problems if there are too many. Errors come before warnings."""
    if len(problems) <= MAX_PROBLEMS:
        return problems
    shown = sorted(problems, key=lambda problem: problem["severity"] == "warning")[: MAX_PROBLEMS - 1]
    more = make_problem("TooManyProblems", f"{len(problems) - len(shown):,} more problems are not shown.", severity="warning")
    return [*shown, more]


def truncate_runs(runs: dict[str, NodeRun]) -> list[ProblemView]:
    """Remove the runs of nodes that are not shown, and printed text that exceeds the limit.

    Return a notice about omitted text.
    """
    for name in list(runs)[MAX_NODES:]:
        del runs[name]
    remaining = MAX_RUN_PRINTS_LENGTH - len(OMITTED) * len(runs)
    omitted = 0
    for run in runs.values():
        length = len(run.get("prints", ""))
        if length <= remaining:
            remaining -= length
        else:
            run["prints"] = OMITTED
            omitted += 1
    if not omitted:
        return []
    message = (
        f"Text printed by {counted(omitted, 'node')} is not shown. At most {MAX_RUN_PRINTS_LENGTH:,} printed characters are "
        "shown for each run."
    )
    return [make_problem("TruncatedOutput", message, severity="warning")]


def truncate_outputs(values: Iterable[tuple[str, Any]]) -> dict[str, Preview]:
    """Return previews of outputs. If they do not all fit in one reply, a notice replaces each remaining preview."""
    image_budget, other_budget = MAX_RUN_IMAGES_LENGTH, MAX_RUN_OUTPUTS_LENGTH
    shown: dict[str, Preview] = {}
    for name, value in values:
        if len(shown) == MAX_NODES:
            break
        full = preview(value)
        size = _size(full)
        if full["kind"] == "image":
            image_budget -= size
        else:
            other_budget -= size
        fits = image_budget >= 0 if full["kind"] == "image" else other_budget >= 0
        shown[name] = full if fits else _omitted(value)
    return shown


def _size(shown: Preview) -> int:
    """Return the approximate length of a preview as JSON."""
    match shown["kind"]:
        case "image":
            return len(shown["data"])
        case "table":
            return sum(_length(cell) for row in shown["rows"] for cell in row)
        case _:
            return _length(shown["text"])


def _length(text: str) -> int:
    return len(text) + 4 if text.isascii() else 6 * len(text)


def _omitted(value: Any) -> Preview:
    text = "The outputs are too large to show together. Select fewer outputs to see this one."
    return {"kind": "text", "type": type_name(value), "text": text, "truncated": True}
