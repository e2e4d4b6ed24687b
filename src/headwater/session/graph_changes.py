"""`GraphVersions`: stores the graphs that were sent to a page, so that only changes to them need to be sent."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from headwater.wire.views import GraphChange, GraphView, NodeView

_MAX_VERSIONS: Final = 4
"""The maximum number of versions to store. Pending requests may refer to an older version."""


class VersionedGraph(NamedTuple):
    """A version number, with the graph of that version or its difference from an earlier version."""

    graph: GraphView | GraphChange
    version: int


class GraphVersions:
    """The latest graphs of one session.

    >>> versions = GraphVersions()
    >>> first = versions.publish({"nodes": [], "edges": [], "problems": []}, since=None)
    >>> versions.publish({"nodes": [], "edges": [], "problems": []}, since=first.version).graph
    {'since': 1, 'nodes': [], 'order': None, 'edges': None, 'problems': []}
    """

    def __init__(self) -> None:
        self._versions = count(1)
        self._graphs: dict[int, GraphView] = {}

    def publish(self, graph: GraphView, since: int | None) -> VersionedGraph:
        """Return the graph.

        If the version `since` is stored and at most half of the nodes have changed, return only the difference from it.
        """
        before = None if since is None else self._graphs.get(since)
        version = next(self._versions)
        self._graphs[version] = graph
        self._graphs.pop(version - _MAX_VERSIONS, None)
        if since is None or before is None:
            return VersionedGraph(graph, version)
        nodes = _changed(before, graph)
        if nodes and 2 * len(nodes) > len(graph["nodes"]):
            return VersionedGraph(graph, version)
        order = [node["name"] for node in graph["nodes"]]
        is_same_order = order == [node["name"] for node in before["nodes"]]
        change: GraphChange = {
            "since": since,
            "nodes": nodes,
            "order": None if is_same_order else order,
            "edges": None if graph["edges"] == before["edges"] else graph["edges"],
            "problems": graph["problems"],
        }
        if "config" in graph:
            change["config"] = graph["config"]
        return VersionedGraph(change, version)


def _changed(before: GraphView, graph: GraphView) -> list[NodeView]:
    """Return the nodes whose views have changed.

    Identity is compared first, because most unchanged views are the same objects.
    """
    known = {node["name"]: node for node in before["nodes"]}
    return [node for node in graph["nodes"] if (earlier := known.get(node["name"])) is not node and earlier != node]
