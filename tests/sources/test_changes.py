"""The changes between two versions of the same modules that affect a function."""

from __future__ import annotations

import pytest

from headwater.sources.changes import MAX_CHANGES, CodeChanges
from headwater.sources.fingerprints import fingerprints

FLOW = "def _a(x): return _b(x)\ndef _b(x): return x and _a(x - 1)\ndef total(x): return _a(x) + LOW\nLOW, HIGH = 1, 2\n"


def changes(before: dict[str, str], after: dict[str, str], name: str = "total") -> list[tuple[str, str, str]]:
    found = CodeChanges(fingerprints(before), fingerprints(after)).of([("flow", name)])
    return [(change.kind, change.module, change.name) for change in found]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("_a(x) + LOW", "_a(x) - LOW", [("definition", "flow", "total")]),
        ("x - 1", "x - 2", [("definition", "flow", "_b")]),
        ("LOW, HIGH = 1, 2", "LOW, HIGH = 1, 3", [("definition", "flow", "LOW")]),
        ("LOW, HIGH = 1, 2", "", [("definition", "flow", "LOW")]),
        ("LOW, HIGH = 1, 2", "LOW, HIGH = 1, 2\nUNUSED = 3", []),
        ("+ LOW", "+ LOW  # comment", []),
    ],
)
def test_the_nearest_pieces_with_new_text_are_the_changes(old: str, new: str, expected: list[tuple[str, str, str]]) -> None:
    assert changes({"flow": FLOW}, {"flow": FLOW.replace(old, new)}) == expected


def test_a_piece_of_a_cycle_is_named_for_each_of_its_functions() -> None:
    edited = {"flow": FLOW.replace("x - 1", "x - 2")}
    assert changes({"flow": FLOW}, edited, "_a") == changes({"flow": FLOW}, edited, "_b") == [("definition", "flow", "_b")]


def test_a_definition_in_another_module_is_named_with_its_module() -> None:
    flow = "from shared import RATE\ndef total(x): return x * RATE"
    before, after = ({"flow": flow, "shared": f"RATE = {rate}"} for rate in (1, 2))
    assert changes(before, after) == [("definition", "shared", "RATE")]


def test_a_statement_that_binds_nothing_and_a_module_are_named_by_their_module() -> None:
    assert changes({"flow": FLOW}, {"flow": f"{FLOW}dir()"}) == [("statement", "flow", "")]
    assert changes({"flow": FLOW}, {"flow": FLOW, "more": ""}) == [("module", "more", "")]
    assert changes({"flow": FLOW, "more": ""}, {"flow": FLOW}) == [("module", "more", "")]


def test_a_function_that_reads_source_text_changes_with_any_text() -> None:
    flow = "import inspect\ndef total(x): return inspect.getsource(x)"
    assert changes({"flow": flow}, {"flow": f"{flow}  # comment"}) == [("text", "", "")]


def test_only_the_first_changes_are_listed() -> None:
    names = [f"A{number}" for number in range(2 * MAX_CHANGES)]
    before, after = (
        "\n".join([*(f"{name} = {value}" for name in names), f"def total(): return {' + '.join(names)}"]) for value in (1, 2)
    )
    assert len(changes({"flow": before}, {"flow": after})) == MAX_CHANGES
