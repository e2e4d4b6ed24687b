"""In every run, functions that change module-level values return the same values as in a new process."""

from __future__ import annotations

from importlib.util import find_spec

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.session import Session

STATE = {
    "a dictionary": ("STATE = {}", "STATE['n'] = {n}", "STATE.get('n', 0)"),
    "a list": ("STATE = []", "STATE.append({n})", "sum(STATE)"),
    "a global": ("STATE = 0", "global STATE; STATE = STATE + {n}", "STATE"),
    "a global that is only set": ("STATE = 0", "global STATE; STATE = {n}", "STATE"),
    "a nested list": ("STATE = {'a': []}", "STATE['a'].append({n})", "sum(STATE['a'])"),
    "an alias": ("STATE = {'a': []}", "part = STATE['a']; part.append({n})", "sum(STATE['a'])"),
    "an attribute": ("import types\nSTATE = types.SimpleNamespace(n=0)", "STATE.n += {n}", "STATE.n"),
    "a helper": ("STATE = []\ndef _note(n): STATE.append(n)", "_note({n})", "sum(STATE)"),
    "a random generator": ("import random\nSTATE = random.Random(0)", "STATE.seed({n})", "STATE.randint(0, 10 ** 9)"),
    "an iterator": ("import itertools\nSTATE = itertools.count()", "[next(STATE) for _ in range({n})]", "next(STATE)"),
    "a deletion": ("STATE = {1: 1, 2: 2, 3: 3}", "del STATE[{n}]", "len(STATE) + min(STATE)"),
    "a seeded library": (
        "import random\nrandom.seed(0)",
        "[random.random() for _ in range({n})]",
        "random.randint(0, 10 ** 9)",
    ),
    "a library that a function seeds": ("import random", "random.seed({n})", "random.randint(0, 10 ** 9)"),
    "an object of a class": (
        "class Tally:\n    n = 0\n    def bump(self, by):\n        self.n += by\n        return self.n\nSTATE = Tally()",
        "STATE.bump({n})",
        "STATE.bump(0)",
    ),
    "a closure": (
        "def _tally():\n    n = 0\n    def bump(by):\n        nonlocal n; n += by; return n\n    return bump\nSTATE = _tally()",
        "STATE({n})",
        "STATE(0)",
    ),
    "a value inside a container": ("BASE = []\nSTATE = [BASE]", "STATE[0].append({n})", "sum(BASE)"),
}
"""How a module holds state, how a function changes it, and how another function reads it."""
if find_spec("pandas"):
    STATE["a series"] = (
        "import pandas as pd\nSTATE = pd.Series([3, {n}])",
        "STATE.sort_values(inplace=True)",
        "int(STATE.iloc[0])",
    )


def source(kind: str, number: int, last: int = 0) -> str:
    held, change, read = STATE[kind]
    held, change = held.replace("{n}", str(number)), change.replace("{n}", str(number))
    return f"""{held}
def first() -> int:
    {change}
    return 1
def second(first: int) -> int: return {read}
def third(second: int) -> int: return second * 10 + {last}
"""


def value(session: Session, text: str) -> str:
    session.update({"flow.py": text})
    run = session.run()
    assert run["problems"] == []
    return run["outputs"]["third"]["text"]


def fresh(text: str) -> str:
    with Session() as session:
        return value(session, text)


@pytest.mark.parametrize("kind", STATE)
def test_an_edit_of_a_function_that_changes_state_reruns_the_users_of_the_state(session: Session, kind: str) -> None:
    assert value(session, source(kind, 1)) == fresh(source(kind, 1))
    assert value(session, source(kind, 2)) == fresh(source(kind, 2))


@pytest.mark.parametrize("kind", STATE)
def test_a_second_run_starts_with_fresh_state(session: Session, kind: str) -> None:
    assert [value(session, source(kind, 3)) for _ in range(3)] == [fresh(source(kind, 3))] * 3


@given(edits=st.lists(st.tuples(st.sampled_from(list(STATE)), st.integers(1, 3), st.integers(0, 2)), min_size=2, max_size=5))
def test_any_history_of_edits_gives_the_values_of_a_new_process(edits: list[tuple[str, int, int]]) -> None:
    with Session() as session:
        for kind, number, last in edits:
            text = source(kind, number, last)
            assert value(session, text) == fresh(text)


def test_state_in_another_module_is_reset(session: Session) -> None:
    files = {
        "flow.py": "from store import SEEN\ndef total() -> int:\n    SEEN.append(1)\n    return len(SEEN)",
        "store.py": "SEEN = []",
    }
    for _ in range(3):
        session.update(files)
        assert session.run()["outputs"]["total"]["text"] == "1"


def test_a_default_comes_from_the_fresh_state(session: Session) -> None:
    text = "SEEN = []\ndef total(seen: list = SEEN) -> int:\n    SEEN.append(1)\n    return len(SEEN)"
    for _ in range(3):
        session.update({"flow.py": text})
        assert session.run()["outputs"]["total"]["text"] == "1"


def test_a_run_says_why_the_next_one_computes_a_value_again(session: Session) -> None:
    session.update({"flow.py": source("a list", 1)})
    nodes = session.run()["nodes"]
    assert nodes["second"]["again"] == "The value depends on `STATE`, which a function changes. The next run computes it again."
    assert "again" not in nodes["third"]


def test_nodes_downstream_of_an_equal_value_are_reused(session: Session) -> None:
    session.update({"flow.py": source("a list", 1)})
    session.run()
    assert {name: run["state"] for name, run in session.run()["nodes"].items()} == {
        "first": "succeeded",
        "second": "succeeded",
        "third": "reused",
    }


UNCHANGED = {
    "a table that is only read": "LIMITS = {'a': 1}\ndef total() -> int: return LIMITS['a']",
    "a pattern": "import re\nWORD = re.compile('a')\ndef total() -> int: return len(WORD.findall('aa'))",
    "a registry of decorators": """
NAMES = []
def _register(f):
    NAMES.append(f.__name__)
    return f
@_register
def total() -> int: return 1
""",
    "an object that only its constructor changes": """
class Rate:
    def __init__(self): self.n = 2
    def of(self, x): return self.n * x
RATE = Rate()
def total() -> int: return RATE.of(1)
""",
    "a local list": "def total() -> int:\n    seen = []\n    seen.append(1)\n    return len(seen)",
    "a function that sets its own seed": """
import random
def total() -> int:
    random.seed(1)
    return random.randint(0, 9)
""",
    "a parameter of the same name": "STATE = []\ndef total(STATE: list = []) -> int: return len(STATE + [1])",
}


@pytest.mark.parametrize("text", UNCHANGED.values(), ids=UNCHANGED)
def test_module_values_that_no_function_changes_are_reused(session: Session, text: str) -> None:
    session.update({"flow.py": text})
    assert session.run()["problems"] == []
    assert session.run()["nodes"]["total"]["state"] == "reused"


def test_a_stamp_changes_with_the_functions_that_change_the_state(session: Session) -> None:
    def stamp(number: int) -> str | None:
        session.update({"flow.py": source("a list", number)})
        return {node["name"]: node.get("stamp") for node in session.graph()["nodes"]}["second"]

    assert stamp(1) != stamp(2)
    assert stamp(1) == stamp(1)


KEPT_BY_A_FUNCTION = {
    "a default": "import itertools\ndef total(n: int, ids: object = itertools.count()) -> int:\n    return next(ids)\n",
    "a default of a helper": (
        "import heapq\ndef _seen(x, seen=[]):\n    heapq.heappush(seen, x)\n    return len(seen)\n"
        "def total(n: int) -> int:\n    return _seen(n)\n"
    ),
    "a cache": (
        "import functools\n@functools.cache\ndef _seen():\n    return []\n"
        "def total(n: int) -> int:\n    _seen().append(n)\n    return len(_seen())\n"
    ),
    "an argument of a decorator": (
        "import itertools\nfrom headwater import inject, value\n@inject(ids=value(itertools.count()))\n"
        "def total(n: int, ids: object) -> int:\n    return next(ids)\n"
    ),
    "a wrapped function in another module": "import helpers\ndef total(n: int) -> int:\n    return helpers._helper(n)\n",
}
HELPERS = "def _helper(x):\n    return x + 1\n"
EDITED = """import helpers
def _twice(f):
    return lambda x: 2 * f(x)
helpers._helper = _twice(helpers._helper)
def n() -> int:
    return {}
"""


@pytest.mark.parametrize("module", KEPT_BY_A_FUNCTION.values(), ids=KEPT_BY_A_FUNCTION)
def test_state_of_an_unchanged_module_is_reset_after_an_edit_of_another_module(module: str) -> None:
    with Session() as session:
        for number in (1, 2, 1):
            files = {"flow.py": module, "edited.py": EDITED.format(number), "helpers.py": HELPERS}
            session.update(files)
            values = session.run()["outputs"]
            with Session() as fresh:
                fresh.update(files)
                assert values == fresh.run()["outputs"]


@pytest.mark.filterwarnings("always::SyntaxWarning")
def test_the_compiler_warns_again_after_an_edit_of_another_module() -> None:
    doubtful = "def total(n: int) -> bool:\n    return n is 1\n"
    with Session() as session:
        for number in (1, 2):
            session.update({"flow.py": doubtful, "edited.py": f"def n() -> int: return {number}\n"})
            with pytest.warns(SyntaxWarning, match='"is" with'):
                session.run()
