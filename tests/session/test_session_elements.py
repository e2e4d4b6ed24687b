"""Functions that are called once for each element, in a session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from headwater.session.text_values import parse_text_value

if TYPE_CHECKING:
    from headwater.session import Session
    from headwater.wire.views import ElementsView, NodeView, RunView

FLOW = """
from headwater import Collect, Parallelizable

def sentence(text: str) -> Parallelizable[str]:
    return text.split(".")

def word(sentence: str) -> Parallelizable[str]:
    return sentence.split()

def share(word: str) -> float:
    return 1 / (len(word) - 1)

def highest(share: Collect[float]) -> float:
    return max(share)

def total(highest: Collect[float]) -> float:
    return sum(highest)
"""


def run(session: Session, text: str, source: str = FLOW, **options: Any) -> RunView:
    session.update({"flow.py": source}, inputs={"text": text}, **options)
    return session.run()


def elements(result: RunView) -> dict[str, tuple[str, ElementsView | None]]:
    return {name: (node["state"], node.get("elements")) for name, node in result["nodes"].items()}


def nodes(session: Session) -> dict[str, NodeView]:
    return {node["name"]: node for node in session.graph()["nodes"]}


def counts(computed: int, total: int) -> ElementsView:
    return {"computed": computed, "total": total}


def test_nodes_name_the_elements_for_which_they_are_computed(session: Session) -> None:
    session.update({"flow.py": FLOW})
    outlined = nodes(session)
    assert {name: node["each"] for name, node in outlined.items() if "each" in node} == {
        "word": ["sentence"],
        "share": ["sentence", "word"],
        "highest": ["sentence"],
    }
    run(session, "to be")
    assert nodes(session) == {**outlined, "text": {**outlined["text"], "type": "str = 'to be'"}}


def test_the_graph_changes_if_only_another_function_gets_or_loses_its_elements(session: Session) -> None:
    run(session, "to be")
    run(
        session, "to be", FLOW.replace("-> Parallelizable[str]:\n    return text.split", "-> list[str]:\n    return text.split")
    )
    built = nodes(session)
    assert "each" not in built["word"]
    assert built["share"]["each"] == ["word"]


def test_a_run_counts_the_elements_of_computed_and_reused_values(session: Session) -> None:
    result = run(session, "to be. or not to be")
    assert result["ok"], result["problems"]
    assert elements(result) == {
        "sentence": ("succeeded", None),
        "word": ("succeeded", counts(2, 2)),
        "share": ("succeeded", counts(6, 6)),
        "highest": ("succeeded", counts(2, 2)),
        "total": ("succeeded", None),
    }
    assert elements(session.run())["share"] == ("reused", counts(6, 6))


def test_there_may_be_no_elements(session: Session) -> None:
    source = FLOW.replace('text.split(".")', "[]")
    assert elements(run(session, "", source))["share"] == ("succeeded", counts(0, 0))


def test_a_failed_node_counts_the_values_before_the_failure(session: Session) -> None:
    result = run(session, "to be. or a be")
    assert elements(result)["share"] == ("failed", counts(3, 5))
    assert elements(result)["highest"] == ("skipped", None)
    assert "`word[1][1]`" in result["problems"][0]["message"]


def test_progress_is_reported_as_a_state(session: Session) -> None:
    session.update({"flow.py": FLOW}, inputs={"text": "to be"})
    states: list[tuple[str, ElementsView | None]] = []
    session.run(on_state=lambda name, state, elements: states.append((state, elements)) if name == "share" else None)
    *before, last = states
    assert before[:3] == [("queued", None), ("running", None), ("running", counts(0, 2))]
    assert all(state == "running" for state, _ in before[3:])
    assert last == ("succeeded", counts(2, 2))


def test_output_of_all_calls_belongs_to_the_node(session: Session) -> None:
    source = FLOW.replace("return 1 /", "print(word)\n    return 1 /")
    assert run(session, "to be", source)["nodes"]["share"]["prints"] == "to\nbe\n"


def test_async_functions_are_awaited_for_each_element(session: Session) -> None:
    result = run(session, "to be", FLOW.replace("def share", "async def share"))
    assert elements(result)["share"] == ("succeeded", counts(2, 2))


def test_an_override_is_entered_as_a_list(session: Session) -> None:
    session.update({"flow.py": FLOW})
    assert {name: node["field"]["kind"] for name, node in nodes(session).items() if "field" in node} == {
        "text": "str",
        **dict.fromkeys(("sentence", "word", "share", "highest"), "json"),
        "total": "float",
    }
    result = run(session, "to be", overrides={"share": [[0.5, 0.25], [4.0]]})
    assert result["ok"], result["problems"]
    assert elements(result)["share"] == ("overridden", None)
    assert result["outputs"]["total"] == {"kind": "scalar", "type": "float", "text": "4.5"}


def test_an_override_must_have_a_value_for_each_element(session: Session) -> None:
    result = run(session, "to be", overrides={"share": 0.5})
    assert [problem["kind"] for problem in result["problems"]] == ["WrongOverrideType"]
    lengths = run(session, "to be", FLOW + "def both(word: str, share: float) -> str: ...", overrides={"share": [[0.5]]})
    assert [(problem["kind"], problem["node"]) for problem in lengths["problems"]] == [("UnequalLengths", "both")]
    assert elements(lengths)["both"] == ("failed", None)


def test_a_table_is_no_list_of_frames(session: Session) -> None:
    pytest.importorskip("pandas")
    source = """
import pandas as pd
from headwater import Parallelizable

def word(text: str) -> Parallelizable[str]:
    return text.split()

def letters(word: str) -> pd.Series:
    return pd.Series(list(word))
"""
    assert run(session, "to be", source)["ok"]
    assert nodes(session)["letters"]["field"]["kind"] == "json"
    result = run(session, "to be", source, overrides={"letters": parse_text_value("table:a,b\n1,2")})
    assert [problem["kind"] for problem in result["problems"]] == ["InvalidValue"]
