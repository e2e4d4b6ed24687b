"""Applying a graph's changes to its earlier version produces the new graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from headwater.session.graph_changes import GraphVersions

if TYPE_CHECKING:
    from collections.abc import Mapping


def graph(nodes: Mapping[str, str], edges: list[str], config: str | None = None) -> Any:
    """Return a graph with the parts that a change may have: nodes, edges, problems and a config."""
    found: dict[str, Any] = {
        "nodes": [{"name": name, "doc": doc} for name, doc in nodes.items()],
        "edges": [{"source": name, "target": name, "optional": False} for name in edges],
        "problems": [{"message": "".join(nodes)}],
    }
    return found if config is None else {**found, "config": {config: "json"}}


def completed(change: Any, before: Any) -> Any:
    """Apply a change as a page does in `graph-versions.ts`."""
    if "since" not in change:
        return change
    nodes = {node["name"]: node for node in (*before["nodes"], *change["nodes"])}
    order = [node["name"] for node in before["nodes"]] if change["order"] is None else change["order"]
    full = {"nodes": [nodes[name] for name in order], "edges": before["edges"] if change["edges"] is None else change["edges"]}
    return {**full, **{key: change[key] for key in ("problems", "config") if key in change}}


names = st.sampled_from("abcdef")
graphs = st.builds(
    graph, st.dictionaries(names, st.sampled_from(["", "more"])), st.lists(names, max_size=3), st.none() | st.just("kind")
)


@given(st.lists(st.tuples(graphs, st.integers(0, 6)), max_size=8))
def test_the_difference_from_any_recent_version_restores_the_graph(history: list[tuple[Any, int]]) -> None:
    versions = GraphVersions()
    known: dict[int | None, Any] = {None: None}
    for now, back in history:
        since = list(known)[-1 - back] if back < len(known) else 1_000
        published = versions.publish(now, since)
        known[published.version] = completed(published.graph, known.get(since))
        assert known[published.version] == now


def test_unchanged_parts_are_not_sent() -> None:
    versions = GraphVersions()
    before = graph(dict.fromkeys("abc", ""), ["a"])
    first = versions.publish(before, None)
    after = {**before, "nodes": [before["nodes"][0], {"name": "b", "doc": "other"}, before["nodes"][2]]}
    change = versions.publish(after, first.version).graph
    assert change == {
        "since": first.version,
        "nodes": [{"name": "b", "doc": "other"}],
        "order": None,
        "edges": None,
        "problems": before["problems"],
    }


def test_a_very_different_graph_is_sent_in_full() -> None:
    versions = GraphVersions()
    first = versions.publish(graph({"a": ""}, []), None)
    other = graph({"b": "", "c": ""}, [])
    assert versions.publish(other, first.version).graph == other


def test_an_unknown_version_gets_the_full_graph() -> None:
    now = graph({"a": ""}, [])
    assert GraphVersions().publish(now, 7).graph == now
