"""A session survives hostile dataflows, and its descriptions of them are small."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from headwater.session import Session

HOSTILE = sorted(Path(__file__).parents[1].joinpath("browser/hostile/ending").glob("*.py"))
MOST = 200_000
"""The maximum number of characters in a description. The dataflows are small, so their descriptions must be, too."""

pytestmark = pytest.mark.native


def test_the_corpus_is_there() -> None:
    assert len(HOSTILE) > 8


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_a_hostile_dataflow_has_a_small_description_and_leaves_nothing_behind(session: Session, path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    session.update({"flow.py": source})
    for description in (session.graph(), session.run(), session.graph()):
        assert len(json.dumps(description, allow_nan=False)) < MOST
    for node in session.graph()["nodes"]:
        json.dumps(session.preview(node["name"]), allow_nan=False)
    session.update({"flow.py": f"{source}\n# once more, with what was kept\n"})
    json.dumps(session.run(), allow_nan=False)

    session.update({"flow.py": "def total() -> int: return 60\n"})
    run = session.run()
    assert run["ok"], run["problems"]
    assert run["outputs"] == {"total": {"kind": "scalar", "type": "int", "text": "60"}}


def test_any_exception_of_a_function_is_a_problem_of_its_node(session: Session) -> None:
    session.update({"flow.py": (HOSTILE[0].parent / "leaving.py").read_text(encoding="utf-8")})
    run = session.run()
    failed = {"exiting", "quitting", "closing", "cancelling", "inventing", "grouping", "excused"}
    assert {problem["node"] for problem in run["problems"]} == failed
    assert run["outputs"]["stayed"] == {"kind": "scalar", "type": "int", "text": "60"}
    assert run["outputs"]["shown"]["text"] == "<Value that cannot be printed: Left>"
