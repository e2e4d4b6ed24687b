"""`LatestRun`: the graph, the values and the problems of a session's latest run. `PastRun`: a run with its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from headwater.caching.equality import is_equal
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


@dataclass(frozen=True, slots=True)
class PastRun:
    """The outcome of a run, with its files and values."""

    files: Mapping[str, str]
    """All files, including those with invalid names, because the run reported them as problems."""
    config: Mapping[str, Any]
    inputs: Mapping[str, Any]
    overrides: Mapping[str, Any]
    run: LatestRun | None
    failure: str | None

    def is_of(
        self, files: Mapping[str, str], config: Mapping[str, Any], inputs: Mapping[str, Any], overrides: Mapping[str, Any]
    ) -> bool:
        """Return whether the run used these files and values."""
        values = (self.config, config), (self.inputs, inputs), (self.overrides, overrides)
        return list(self.files.items()) == list(files.items()) and all(is_unchanged(*pair) for pair in values)


def is_unchanged(before: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Return whether results for the values `before` are also valid for `values`.

    `==` is not enough: 1 equals True, and comparing arrays or frames does not return a single boolean. Mutable values are
    treated as changed, because a function may have changed the earlier values in place.
    """
    return is_equal(before, values) and all(is_equal(value, value) for value in values.values())
