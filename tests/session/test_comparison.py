"""Differences between two sessions. Code is compared by its fingerprints, and values are compared in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from headwater.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = """
RATE = 2

def price(amount: int = 2) -> int:
    return amount * RATE

def total(price: int) -> int:
    return price + 1
"""


@pytest.fixture
def sessions() -> Iterator[tuple[Session, Session]]:
    with Session() as before, Session() as after:
        yield before, after


def compared(sessions: tuple[Session, Session], before: str, after: str, *, run: bool = False) -> dict[str, Any]:
    for session, text in zip(sessions, (before, after), strict=True):
        session.update({"flow.py": text})
        if run:
            session.run()
    first, second = sessions
    return dict(second.compare(first)["nodes"])


def codes(comparison: dict[str, Any]) -> dict[str, str]:
    return {name: node["code"] for name, node in comparison.items() if node["code"] != "same"}


@pytest.mark.parametrize(
    ("after", "changed"),
    [
        (CODE, {}),
        ("# new\n" + CODE.replace("-> int:\n", '-> int:\n    """Said."""\n'), {}),
        (CODE.replace("price + 1", "price + 2"), {"total": "changed"}),
        (CODE.replace("RATE = 2", "RATE = 3"), {"price": "changed"}),
        (CODE.replace("amount: int = 2", "amount: int = 3"), {"amount": "changed", "price": "changed"}),
        (CODE + "def tax(total: int) -> int: return 1", {"tax": "added"}),
        (CODE.partition("def total")[0], {"total": "removed"}),
        ("def broken(:", {"amount": "removed", "price": "removed", "total": "removed"}),
    ],
    ids=["nothing", "comments", "a body", "a constant", "a default", "one more", "one fewer", "invalid Python"],
)
def test_the_code_of_each_node_is_compared_without_running_it(sessions, after: str, changed: dict[str, str]) -> None:
    comparison = compared(sessions, CODE, after)
    assert codes(comparison) == changed
    assert {node["value"] for node in comparison.values()} == {None}


def test_values_are_compared_if_both_sessions_have_run(sessions) -> None:
    comparison = compared(sessions, CODE, CODE.replace("amount * RATE", "amount + RATE + 1"), run=True)
    assert comparison["price"] == {"code": "changed", "value": "different"}
    assert comparison["total"] == {"code": "same", "value": "different"}
    assert comparison["amount"]["code"] == "same"


def test_a_difference_beyond_the_preview_is_found(sessions) -> None:
    rows = "import pandas as pd\ndef rows() -> pd.Series:\n    return pd.Series(range(9000))"
    assert compared(sessions, rows, rows, run=True)["rows"]["value"] == "same"
    comparison = compared(sessions, rows, rows.replace("range(9000)", "[*range(8999), 0]"), run=True)
    assert comparison["rows"] == {"code": "changed", "value": "different"}


THING = """
class Thing:
    def __init__(self, size): self.size = size
    def __repr__(self): return "Thing" + SHOWN

SHOWN = ""

def thing() -> object:
    return Thing(1)
"""


def test_values_that_cannot_be_compared_are_not_the_same(sessions) -> None:
    assert compared(sessions, THING, THING, run=True)["thing"] == {"code": "same", "value": "unknown"}
    shown = THING.replace('SHOWN = ""', 'SHOWN = "!"')
    assert compared(sessions, THING, shown, run=True)["thing"] == {"code": "changed", "value": "different"}


def test_inputs_and_data_files_count_as_code(sessions) -> None:
    before, after = sessions
    reading = 'from pathlib import Path\ndef text() -> str: return Path(__file__).with_name("a.csv").read_text()\n'
    files = {"flow.py": CODE, "data.py": reading, "a.csv": "1"}
    before.update(files, inputs={"amount": 1})
    after.update(files, inputs={"amount": 1})
    assert codes(dict(after.compare(before)["nodes"])) == {}
    after.update({**files, "a.csv": "2"}, inputs={"amount": True})
    assert codes(dict(after.compare(before)["nodes"])) == {"amount": "changed", "text": "changed"}
