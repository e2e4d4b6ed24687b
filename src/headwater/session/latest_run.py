"""`LatestRun`: the graph, the values and the problems of a session's latest run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from headwater.graph.graph import Graph
from headwater.wire.views import NodeState, ProblemView


@dataclass(frozen=True, slots=True)
class LatestRun:
    """The latest run of the current files, inputs and config."""

    graph: Graph
    outputs: Sequence[str]
    values: Mapping[str, Any]
    states: Mapping[str, NodeState]
    failures: Mapping[str, str]
    """The reason why a node has no value, keyed by node name: an error message, or the missing inputs."""
    problems: Sequence[ProblemView]
