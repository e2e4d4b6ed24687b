"""Compares two sessions' dataflows: the code of each node, and its value if both sessions have one."""

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
    from headwater.wire.views import CodeChange, ComparisonView, GraphView, ValueChange


@dataclass(frozen=True, slots=True)
class Side:
    """One of two dataflows to compare."""

    graph: GraphView
    files: SessionFiles
    inputs: Mapping[str, Any]
    values: Mapping[str, Any]


def compare_sessions(before: Side, after: Side) -> ComparisonView:
    """Compare two dataflows, node by node. Comments, layout and docstrings are ignored."""
    stamps_before, stamps_after = dict(_stamps(before)), dict(_stamps(after))
    return {
        "nodes": {
            name: {
                "code": _code_change(name, stamps_before, stamps_after, before.inputs, after.inputs),
                "value": value_change(before.values[name], after.values[name])
                if name in before.values and name in after.values
                else None,
            }
            for name in {**stamps_before, **stamps_after}
        }
    }


def value_change(before: Any, after: Any) -> ValueChange:
    """Compare two values. The result is `unknown` if they look alike but the comparison is inconclusive."""
    comparison = Comparison()
    if is_equal(before, after, comparison):
        return "same"
    return "unknown" if comparison.inconclusive and preview(before) == preview(after) else "different"


def _code_change(
    name: str,
    stamps_before: Mapping[str, object],
    stamps_after: Mapping[str, object],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> CodeChange:
    if name not in stamps_before:
        return "added"
    if name not in stamps_after:
        return "removed"
    is_same_input = (name in before) == (name in after) and (name not in before or is_equal(before[name], after[name]))
    return "same" if stamps_before[name] == stamps_after[name] and is_same_input else "changed"


def _stamps(side: Side) -> Iterator[tuple[str, object]]:
    """Yield each node's name and stamp. Two nodes have equal stamps if, according to the source, they do the same thing."""
    prints = fingerprints(_valid_modules(side.files.modules))
    data_readers = prints.dependents(DataFileNames.named(side.files.data).may_be_read_by)
    reads: dict[str, list[tuple[str, bool]]] = {}
    for edge in side.graph["edges"]:
        reads.setdefault(edge["target"], []).append((edge["source"], edge["optional"]))
    for node in side.graph["nodes"]:
        module, function = node["module"] or "", node["function"] or ""
        data = side.files.data_digest if data_readers.includes(module, function) else ""
        yield node["name"], (node["kind"], node["type"], prints.of(module, function), data, reads.get(node["name"], []))


def _valid_modules(modules: Mapping[str, str]) -> dict[str, str]:
    """Drop modules that are not valid Python, because the graph has no nodes from them."""
    valid: dict[str, str] = {}
    for module, source in modules.items():
        try:
            fingerprints({module: source})
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        valid[module] = source
    return valid
