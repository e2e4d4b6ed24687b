"""Keeps what a session reports within the bounds of `wire/bounds.py`, and says what it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from headwater.previews import preview
from headwater.previews.texts import type_name
from headwater.session.problems import make_problem
from headwater.wire.bounds import (
    LONGEST_IMAGES,
    LONGEST_OUTPUTS,
    LONGEST_PRINTS_OF_RUN,
    MOST_EDGES,
    MOST_NODES,
    MOST_PROBLEMS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.wire.views import GraphView, NodeRun, Preview, ProblemView

OMITTED = "…"
"""In place of what a function printed."""


def truncate_graph(graph: GraphView) -> GraphView:
    """The first nodes of a very large graph, with the edges between them."""
    nodes, edges = graph["nodes"], graph["edges"]
    if len(nodes) <= MOST_NODES and len(edges) <= MOST_EDGES:
        return {**graph, "problems": truncate_problems(graph["problems"])}
    shown = nodes[:MOST_NODES]
    names = {node["name"] for node in shown}
    between = [edge for edge in edges if edge["source"] in names and edge["target"] in names][:MOST_EDGES]
    message = (
        f"This dataflow is too large to show. {len(shown):,} of {len(nodes):,} nodes and {len(between):,} of {len(edges):,} "
        "edges are shown."
    )
    problems = [make_problem("LargeDataflow", message, severity="warning"), *graph["problems"]]
    return {**graph, "nodes": shown, "edges": between, "problems": truncate_problems(problems)}


def truncate_problems(problems: list[ProblemView]) -> list[ProblemView]:
    """The first problems of very many, errors before warnings."""
    if len(problems) <= MOST_PROBLEMS:
        return problems
    shown = sorted(problems, key=lambda problem: problem["severity"] == "warning")[: MOST_PROBLEMS - 1]
    more = make_problem("ManyProblems", f"{len(problems) - len(shown):,} more problems are not shown.", severity="warning")
    return [*shown, more]


def truncate_runs(runs: dict[str, NodeRun]) -> list[ProblemView]:
    """Remove the runs of nodes that no graph shows, and the last prints of very many. Returns what is to be said of it."""
    for name in list(runs)[MOST_NODES:]:
        del runs[name]
    left = LONGEST_PRINTS_OF_RUN - len(OMITTED) * len(runs)
    cut = 0
    for run in runs.values():
        length = len(run.get("prints", ""))
        if length <= left:
            left -= length
        else:
            run["prints"] = OMITTED
            cut += 1
    if not cut:
        return []
    message = f"The prints of {cut:,} nodes are left out: a run shows up to {LONGEST_PRINTS_OF_RUN:,} characters."
    return [make_problem("ManyPrints", message, severity="warning")]


def truncate_outputs(values: Iterable[tuple[str, Any]]) -> dict[str, Preview]:
    """Previews of outputs, as many as one reply can carry."""
    images, others = LONGEST_IMAGES, LONGEST_OUTPUTS
    shown: dict[str, Preview] = {}
    for name, value in values:
        if len(shown) == MOST_NODES:
            break
        found = preview(value)
        size = _size(found)
        if found["kind"] == "image":
            images -= size
        else:
            others -= size
        fits = images >= 0 if found["kind"] == "image" else others >= 0
        shown[name] = found if fits else _left_out(value)
    return shown


def _size(shown: Preview) -> int:
    """How many characters of JSON a preview takes, about."""
    match shown["kind"]:
        case "image":
            return len(shown["data"])
        case "table":
            return sum(_length(cell) for row in shown["rows"] for cell in row)
        case _:
            return _length(shown["text"])


def _length(text: str) -> int:
    return len(text) + 4 if text.isascii() else 6 * len(text)


def _left_out(value: Any) -> Preview:
    text = "Not shown: the outputs are too large to show together. Choose fewer outputs to see this one."
    return {"kind": "text", "type": type_name(value), "text": text, "truncated": True}
