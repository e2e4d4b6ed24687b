"""Stamps show whether the value of a node belongs to the current code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.session import Session

pytestmark = pytest.mark.interpreter

FLOW = """
RATE = 2

def price() -> int:
    return 1

def total(price: int) -> int:
    return price * RATE

def shown(total: int) -> str:
    return str(total)
"""


def stamps(files: dict[str, str], config: dict[str, object] | None = None, *, run: bool = False) -> dict[str, str]:
    with Session() as session:
        session.update(files, config)
        graph = session.run()["graph"] if run else session.graph()
    return {node["name"]: node["stamp"] for node in graph["nodes"] if node["kind"] == "function"}


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("return 1", "return 3", {"price"}),
        ("return 1", "# as agreed\n    return 1", set()),
        ("RATE = 2", "RATE = 3", {"total"}),
        ("def shown(total: int)", "def shown(price: int, total: int)", {"shown"}),
        ("def price() -> int", "def cost() -> int", {"price", "cost"}),
    ],
)
def test_a_stamp_changes_with_the_function_but_not_with_the_values_it_uses(old, new, expected):
    assert old in FLOW
    assert changed(stamps({"flow.py": FLOW}), stamps({"flow.py": FLOW.replace(old, new)})) == expected


def test_stamps_are_equal_before_and_after_a_run_and_in_another_session():
    read = stamps({"flow.py": FLOW})
    assert read == stamps({"flow.py": FLOW}, run=True) == stamps({"flow.py": FLOW})


SYNTAX = '''
def price(parts: list[int], *, scale: float = 1.5) -> str:
    """What it costs."""
    try:
        found = [part for part in parts if (half := part // 2) > 1]
    except (ValueError, TypeError) as error:
        raise SystemExit(f"{error!r:>10} and more") from None
    match found:
        case [first, *_] if first:
            return (lambda each: each @ scale)(first)
    with open("a.txt") as file, open("b.txt") as other:
        return f"{file.read()}{other}" "."
'''


def test_a_stamp_does_not_depend_on_the_version_of_python():
    # The site's build and the browser compare stamps, although they have different versions of Python.
    assert stamps({"flow.py": SYNTAX}) == {"price": "a00877be2e26615f"}


def test_a_stamp_changes_with_a_data_file_that_its_function_may_read():
    text = "from pathlib import Path\n\ndef text() -> str:\n    return Path('a.csv').read_text()\n"
    flow = f"{text}\ndef other() -> int:\n    return 1\n"
    files = {"flow.py": flow, "a.csv": "1"}
    assert changed(stamps(files), stamps({**files, "a.csv": "2"})) == {"text"}
    assert changed(stamps(files), stamps({"flow.py": flow})) == {"text"}


CONFIGURED = """
from headwater import config, resolve, inject, value, source, parameterize
from headwater.decorators import configuration

@inject(rate=configuration("rate"))
def total(rate: int) -> int:
    return rate

def other() -> int:
    return 1
"""


def test_a_stamp_changes_with_the_config_if_its_function_may_read_it():
    files = {"flow.py": CONFIGURED}
    assert changed(stamps(files, {"rate": 1}), stamps(files, {"rate": 2})) == {"total"}


@pytest.mark.parametrize(
    "odd", [{1: 2, "b": 3}, {("a",): 1}, (1, 2), object(), {"deep": [{1}]}], ids=["keys", "tuple-key", "tuple", "object", "set"]
)
def test_stamps_that_depend_on_a_config_that_is_not_json_are_left_out(odd):
    with Session() as session:
        session.update({"flow.py": CONFIGURED}, {"rate": 1, "odd": odd})
        run = session.run()
    assert run["ok"], run["problems"]
    assert {node["name"]: "stamp" in node for node in run["graph"]["nodes"] if node["kind"] == "function"} == {
        "total": False,
        "other": True,
    }


def test_stamps_that_depend_on_a_config_that_contains_itself_are_left_out():
    endless: list[object] = []
    endless.append(endless)
    assert stamps({"flow.py": CONFIGURED.partition("@inject")[0] + "def other() -> int:\n    return 1\n"}, {"odd": endless})


SUBDAG = """
import inner
from headwater import subdag, value

@subdag(inner, inputs={"rate": value(2)})
def total(doubled: int) -> int:
    return doubled

def other() -> int:
    return 1
"""
INNER = "def doubled(rate: int) -> int:\n    return rate * 2\n"


def test_stamps_inside_a_subdag_change_with_the_function_that_creates_it():
    files = {"flow.py": SUBDAG, "inner.py": INNER}
    after = {**files, "flow.py": SUBDAG.replace("value(2)", "value(3)")}
    found = changed(stamps(files, run=True), stamps(after, run=True))
    assert "total" in found
    assert any(name.endswith(("doubled", "rate")) for name in found)
    assert "other" not in found


def test_invalid_source_has_no_stamps():
    with Session() as session:
        session.update({"flow.py": "def price( -> int: ..."})
        assert all("stamp" not in node for node in session.graph()["nodes"])


VARIANTS = [
    FLOW,
    FLOW.replace("return 1", "return 3"),
    FLOW.replace("RATE = 2", "RATE = 3"),
    FLOW.replace("* RATE", "* RATE + _more()") + "\ndef _more(): return 1\n",
    FLOW.replace("return price * RATE", "return open('rates.csv').read()"),
    f"# a line more\n{FLOW}",
    "from flow import RATE\ndef other(shown: str) -> str:\n    return shown * RATE\n",
    "def total(",
]
files = st.fixed_dictionaries(
    {"flow.py": st.sampled_from(VARIANTS), "rates.csv": st.sampled_from(["1", "2"])},
    optional={"other.py": st.sampled_from(VARIANTS[-2:])},
)


@given(st.lists(files, min_size=2, max_size=5))
def test_the_graph_of_an_edited_session_equals_that_of_a_new_one(history):
    with Session() as edited:
        for texts in history:
            edited.update(texts)
            with Session() as new:
                new.update(texts)
                assert edited.graph() == new.graph()
