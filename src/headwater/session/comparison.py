"""What differs between the dataflows of two sessions: the code of each node, and its value where both have one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from headwater.caching.equality import Comparison, is_equal
from headwater.previews import preview
from headwater.session.data import DataFileNames
from headwater.sources.fingerprints import fingerprints

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.session.files import SessionFiles
    from headwater.wire.views import CodeChange, ComparisonView, GraphView, NodeView, ValueChange


@dataclass(frozen=True, slots=True)
class Side:
    """One of two dataflows that are compared."""

    graph: GraphView
    files: SessionFiles
    inputs: Mapping[str, Any]
    values: Mapping[str, Any]


def compare_sessions(before: Side, after: Side) -> ComparisonView:
    """Compare two dataflows, node by node. Comments, layout and docstrings make no difference."""
    one, other = dict(_stamps(before)), dict(_stamps(after))
    return {
        "nodes": {
            name: {
                "code": _code_change(name, one, other, before.inputs, after.inputs),
                "value": value_change(before.values[name], after.values[name])
                if name in before.values and name in after.values
                else None,
            }
            for name in {**one, **other}
        }
    }


def value_change(before: Any, after: Any) -> ValueChange:
    """Whether two values are the same; `unknown` where they look alike and nothing tells for certain."""
    comparison = Comparison()
    if is_equal(before, after, comparison):
        return "same"
    return "unknown" if comparison.inconclusive and preview(before) == preview(after) else "different"


def _code_change(
    name: str, one: Mapping[str, object], other: Mapping[str, object], before: Mapping[str, Any], after: Mapping[str, Any]
) -> CodeChange:
    if name not in one:
        return "added"
    if name not in other:
        return "removed"
    is_given_alike = (name in before) == (name in after) and (name not in before or is_equal(before[name], after[name]))
    return "same" if one[name] == other[name] and is_given_alike else "changed"


def _stamps(side: Side) -> Iterator[tuple[str, object]]:
    """What each node is made of; equal for two nodes that do the same, as far as their source can tell."""
    found = fingerprints(_readable(side.files.modules))
    reading = found.dependents(DataFileNames.named(side.files.data).may_be_read_by)
    reads: dict[str, list[tuple[str, bool]]] = {}
    for edge in side.graph["edges"]:
        reads.setdefault(edge["target"], []).append((edge["source"], edge["optional"]))
    for node in side.graph["nodes"]:
        module, function = node["module"] or "", node["function"] or ""
        data = side.files.data_digest if reading.includes(module, function) else ""
        yield node["name"], (*_face(node), found.of(module, function), data, reads.get(node["name"], []))


def _face(node: NodeView) -> tuple[str, str]:
    return node["kind"], node["type"]


def _readable(modules: Mapping[str, str]) -> dict[str, str]:
    """Without modules that are not Python: their functions are not among the nodes either."""
    readable: dict[str, str] = {}
    for module, source in modules.items():
        try:
            fingerprints({module: source})
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        readable[module] = source
    return readable
