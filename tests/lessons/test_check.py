"""A lesson's check inspects the latest run of a session and reports what is wrong."""

import pytest

from headwater.lessons import Exercise, run_check
from headwater.session import Session

FLOW = """
def cost() -> int:
    return 3

def price(cost: int) -> int:
    return cost + 2

def margin(price: int, cost: int) -> int:
    return price - cost

def apart() -> int:
    return 1
"""


def check_message(session: Session, check: str) -> str:
    """Return a check's message, empty if the check passed."""
    view = run_check(session, Exercise(check))
    assert view["passed"] == (view["message"] == "")
    return view["message"]


def ran(session: Session, flow: str = FLOW, outputs: list[str] | None = None) -> Session:
    session.update({"shop.py": flow})
    session.run(outputs)
    return session


def test_a_check_has_access_to_values_graph_and_states(session: Session) -> None:
    ran(session)
    assert check_message(session, "assert value('margin') == 2") == ""
    assert check_message(session, "assert depends('margin', 'cost') and depends('margin', on='price')") == ""
    assert (
        check_message(
            session, "assert not depends('cost', 'margin') and not depends('cost', 'cost') and not depends('margin', 'apart')"
        )
        == ""
    )
    assert check_message(session, "assert nodes == {'cost', 'price', 'margin', 'apart'} == ran and not reused") == ""


def test_a_check_sees_only_the_rerun_nodes_as_run(session: Session) -> None:
    ran(session)
    ran(session, FLOW.replace("+ 2", "+ 4"))
    assert check_message(session, "assert ran == {'price', 'margin'}, f'{sorted(ran)} ran'") == ""
    assert check_message(session, "assert reused == {'cost', 'apart'}") == ""


@pytest.mark.parametrize(
    ("check", "message"),
    [
        ("assert value('margin') == 5, 'It should be five.'", "It should be five."),
        ("x = 5\nassert (\n    value('margin')\n    == x\n)", "Not yet: `value('margin') == x` is false."),
        ("value('margn')", "There is no node `margn` yet. Write a function with that name. Did you mean `margin`?"),
        ("depends('loss', 'cost')", "There is no node `loss` yet. Write a function with that name."),
        (
            "\nvalue('margin')['a']",
            "The check raised TypeError: 'int' object is not subscriptable (check.py:2).",
        ),
        ("assert (", "The check raised SyntaxError: '(' was never closed (check.py, line 1)."),
        ("raise SystemExit('bye')", "The check raised SystemExit: bye (check.py:1)."),
        ("def look():\n    assert 1 == 2\nlook()", "Not yet: `1 == 2` is false."),
        ("assert False, 'y' * 10_000", "y" * 3_999 + "…"),
    ],
)
def test_a_failed_check_has_a_message(session: Session, check: str, message: str) -> None:
    assert check_message(ran(session), check) == message


def test_the_message_says_why_a_node_has_no_value(session: Session) -> None:
    ran(session, FLOW.replace("cost + 2", "cost / 0"))
    assert check_message(session, "value('price')") == "`price` failed: division by zero"
    assert check_message(session, "value('margin')") == "`margin` has no value, because `price` failed: division by zero"
    ran(session, outputs=["apart"])
    assert check_message(session, "value('cost')") == "`cost` has no value because it is neither an output nor upstream of one."
    ran(session, "def total(price: int) -> int:\n    return price\n")
    reason = "`price` has no value: no function computes it, and no input provides it."
    assert check_message(session, "value('price')") == reason


def test_a_check_needs_a_run(session: Session) -> None:
    assert check_message(session, "") == "Run the code first."
    ran(session)
    session.update({"shop.py": FLOW + "\n"})
    assert check_message(session, "") == "Run the code first."


def test_a_check_uses_the_latest_run_after_an_edit_is_undone(session: Session) -> None:
    ran(session)
    for text in (FLOW + "def a(", FLOW + "\n"):
        session.update({"shop.py": text})
        assert not run_check(session, Exercise(""))["passed"]
    session.update({"shop.py": FLOW})
    assert run_check(session, Exercise(""))["passed"]
    ran(session, "def a(")
    session.update({"shop.py": FLOW})
    assert check_message(session, "") == "Run the code first."


def test_a_check_uses_the_latest_run_after_an_unchanged_update(session: Session) -> None:
    ran(session)
    session.update({"shop.py": FLOW})
    session.graph()
    assert run_check(session, Exercise(""))["passed"]
    session.update({"shop.py": FLOW}, inputs={"stray": 1})
    assert check_message(session, "") == "Run the code first."
    ran(session, "def a(b: int) -> int: ...\ndef b(a: int) -> int: ...")
    assert "The dataflow has a cycle: `a` -> `b` -> `a`." in check_message(session, "")
    ran(session, "def a(")
    assert check_message(session, "") == "'(' was never closed (shop.py:1)"


def test_a_value_that_raises_only_fails_the_check(session: Session) -> None:
    flow = """
class Evil(Exception):
    def __str__(self): raise RuntimeError("no text")

class Fighter:
    def __eq__(self, other): raise Evil
    def __hash__(self): return 1

def fighter() -> object:
    return Fighter()
"""
    message = check_message(ran(session, flow), "assert value('fighter') == 3")
    assert message.startswith("The check raised Evil: ")
    assert check_message(session, "assert value('fighter') is not None") == ""


def test_an_interrupt_propagates_and_prints_do_not(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    ran(session)
    assert check_message(session, "print('here')") == ""
    assert capsys.readouterr().out == ""
    with pytest.raises(KeyboardInterrupt):
        run_check(session, Exercise("raise KeyboardInterrupt"))
