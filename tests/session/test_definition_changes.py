"""After an edit that does not change which nodes are defined, the graph of the latest build is shown until the next run.

In the outline of `BEFORE`, `a` and `b` are inputs, because the arguments of the decorator that defines them are computed.
"""

from __future__ import annotations

import sys
from textwrap import dedent
from types import ModuleType
from unittest.mock import patch

import pytest

from headwater.session import Session

BEFORE = '''\
import functools

from headwater import extract_fields, tag
from shared import SCALE, _clean
from shared import Size

NAMES = ["A", "B"]


def _lower(names):
    return [name.lower() for name in names]


FIELDS = dict.fromkeys(_lower(NAMES), int)
LIMIT = 3
DEFAULT = 2


def _helper(x: int) -> int:
    return x + LIMIT


@extract_fields(FIELDS)
def parts(n: int) -> dict[str, int]:
    """Two parts."""
    return {"a": _helper(n), "b": _clean(n) * SCALE}


@tag(unit="m")
def total(a: int, b: int, factor: int = DEFAULT) -> Size:
    return Size(a + b) * factor


def _logged(function):
    @functools.wraps(function)
    def call(*args):
        return function(*args)

    return call


@_logged
def logged(total: int) -> int:
    return total + 1
'''
SHARED = """\
SCALE = 2


class Size(int):
    pass


def _clean(x):
    return x


def spare(total: int) -> int:
    return total
"""
FILES = {"flow.py": BEFORE, "shared.py": SHARED}


def is_built(session: Session) -> bool:
    """Return whether the graph comes from a build rather than from the outline."""
    return [node["kind"] for node in session.graph()["nodes"] if node["name"] in ("a", "b")] == ["function", "function"]


def edited(old: str, new: str) -> dict[str, str]:
    files = {name: text.replace(old, new) for name, text in FILES.items()}
    assert files != FILES
    return files


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("LIMIT = 3", "LIMIT = 4"),
        ("LIMIT = 3", "LIMIT = [3, -4, {'x': 5}]"),
        ("x + LIMIT", "x - LIMIT"),
        ('"a": _helper(n)', '"a": 7'),
        ("Size(a + b)", "Size(a * b)"),
        ("SCALE = 2", "SCALE = 5"),
        ("    return x\n", "    return x + 1\n"),
        ("+ LIMIT", "+ LIMIT  # a comment"),
        ("total + 1", "total + 1  # a comment"),
    ],
)
def test_the_built_graph_is_shown_if_only_values_can_change(session: Session, old: str, new: str) -> None:
    session.update(FILES, inputs={"n": 1})
    session.run()
    session.update(edited(old, new), inputs={"n": 1})
    expected = session.graph()
    assert is_built(session)
    session.run()
    assert session.graph() == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('["A", "B"]', '["A", "B", "C"]'),
        ("name.lower()", "name.upper()"),
        ("n: int", "m: int"),
        ("n: int", "n: float"),
        ("-> dict[str, int]", "-> dict"),
        ("DEFAULT = 2", "DEFAULT = 3"),
        ("class Size(int):\n    pass", "class Size(int):\n    unit = 1"),
        ('tag(unit="m")', 'tag(unit="km")'),
        ("Two parts.", "Three parts."),
        ("def _logged", "\n\ndef _logged"),
        ("total + 1", "total + 2"),
        ("LIMIT = 3", "LIMIT = max(3, 4)"),
        ("LIMIT = 3", "LIMIT = 3\nLIMIT = 4"),
        ("LIMIT = 3", "def LIMIT(): return 1"),
        ("return x + LIMIT", "yield x + LIMIT"),
        ("import Size", "import Size, spare"),
        ("_helper(n)", "_helper(n"),
        ("LIMIT = 3", "LIMIT = -'a'"),
        ("LIMIT = 3", "LIMIT = {[]: 1}"),
        ("LIMIT = 3", "LIMIT, *_ = 3, 4"),
        ("return x + LIMIT", "break"),
        ("return x + LIMIT", "nonlocal LIMIT"),
    ],
)
def test_the_outline_is_shown_if_other_nodes_may_be_defined(session: Session, old: str, new: str) -> None:
    session.update(FILES, inputs={"n": 1})
    session.run()
    session.update(edited(old, new), inputs={"n": 1})
    assert not is_built(session)


def test_a_new_config_needs_another_build(session: Session) -> None:
    session.update(FILES, inputs={"n": 1})
    session.run()
    session.update(edited("LIMIT = 3", "LIMIT = 4"), config={"n": 2})
    assert not is_built(session)


def test_several_edits_are_compared_with_the_latest_build(session: Session) -> None:
    session.update(FILES, inputs={"n": 1})
    session.run()
    session.update(edited("NAMES =", "NAMES ="[:-1]), inputs={"n": 1})  # the line is invalid for a moment
    session.update(edited("LIMIT = 3", "LIMIT = 4"), inputs={"n": 1})
    assert is_built(session)


def test_values_of_inputs_are_shown(session: Session) -> None:
    session.update(FILES, inputs={"n": 1})
    session.run()
    session.update(edited("LIMIT = 3", "LIMIT = 4"), inputs={"n": 2.5})
    (n,) = (node for node in session.graph()["nodes"] if node["name"] == "n")
    session.run()
    assert n in session.graph()["nodes"]


def test_functions_that_change_state_need_another_build(session: Session) -> None:
    source = "COUNTS = []\n\ndef total(n: int) -> int:\n    COUNTS.append(n)\n    return len(COUNTS) + 1\n"
    session.update({"flow.py": source}, inputs={"n": 1})
    session.run()
    session.update({"flow.py": source.replace("+ 1", "+ 2")}, inputs={"n": 1})
    expected = session.graph()
    session.run()
    assert session.graph() == expected


def test_a_run_keeps_the_views_of_the_nodes(session: Session) -> None:
    source = "from headwater import tag\n\nLIMIT = 3\n\n@tag(unit='m')\ndef total(n: int) -> int:\n    return n + LIMIT\n"
    session.update({"flow.py": source})
    session.run()
    session.update({"flow.py": source.replace("3", "4")})
    expected = session.graph()["nodes"]
    session.run()
    assert all(node is before for node, before in zip(session.graph()["nodes"], expected, strict=True))


COMPUTED = """\
from headwater import does, extract_fields, pipe_input, step, tag, tag as _tag

@extract_fields(dict.fromkeys("ab", int))
def parts() -> dict[str, int]: return {"a": 1, "b": 2}

"""
CASES = {
    "the body of a delegating function": (
        """
        def _sum(**values): return sum(values.values())
        @does(_sum)
        def total(a: int, b: int) -> int: pass
        """,
        ("pass", "return a"),
    ),
    "a literal in a quoted annotation": (
        """
        Price = "int"
        Prices = list["Price"]
        def prices(a: int) -> Prices: return [a]
        """,
        ('= "int"', '= "float"'),
    ),
    "a literal that a class body uses": (
        """
        RATE = 1
        class Rates: low = RATE + 1
        """,
        ("RATE = 1", "RATE = []"),
    ),
    "the name of the module": (
        """
        __name__ = "flow"
        def total(a: int) -> int: return a
        """,
        ('"flow"', '"other"'),
    ),
    "a decorator that hides one of Headwater's": (
        """
        def _tag(function): return tag(first=str(function(1)))(function)
        @_tag
        def total(a: int) -> int: return 1
        """,
        ("return 1", "return 2"),
    ),
    "the docstring of a function inside `if`": (
        """
        if True:
            def total(a: int) -> int:
                "The total."
                return a
        """,
        ("The total", "The sum"),
    ),
    "a line above a function inside `if`": (
        """
        if True:

            def total(a: int) -> int: return a
        """,
        ("if True:", "\nif True:"),
    ),
    "a comment in a factory": (
        """
        def _factory():
            def total(a: int) -> int: return a
            return total

        total = _factory()
        """,
        ("_factory():", "_factory():\n    # a comment"),
    ),
    "the docstring of a function in a factory": (
        """
        def _factory():
            def total(a: int) -> int:
                "The total."
                return a
            return total

        total = _factory()
        """,
        ("The total", "The sum"),
    ),
    "a comment in a class": (
        """
        class Steps:
            @staticmethod
            def doubled(a: int) -> int: return a * 2

        def total(a: int) -> int: return a

        @pipe_input(step(Steps.doubled))
        def other(total: int) -> int: return total
        """,
        ("Steps:\n", "Steps:\n    # a comment\n"),
    ),
}


@pytest.mark.parametrize(("source", "edit"), CASES.values(), ids=CASES)
def test_the_graph_of_an_uncertain_edit_comes_from_the_source_until_a_run(
    session: Session, source: str, edit: tuple[str, str]
) -> None:
    before = COMPUTED + dedent(source)
    after = before.replace(*edit)
    assert after != before
    session.update({"flow.py": before})
    session.run()
    assert is_built(session)
    session.update({"flow.py": after})
    assert not is_built(session)
    with Session() as fresh:
        fresh.update({"flow.py": after})
        assert session.graph() == fresh.graph()
        fresh.run()
        session.run()
        assert session.graph() == fresh.graph()


def test_after_a_run_that_builds_no_graph_the_outline_is_shown(session: Session) -> None:
    """The run fails because the library can no longer be imported, which the edited source does not show."""
    source = COMPUTED + "import missing_library\n"
    session.update({"flow.py": source})
    with patch.dict(sys.modules, missing_library=ModuleType("missing_library")):
        session.run()
        assert is_built(session)
    edited = f"{source}\nLIMIT = 3\n"
    for inputs in ({}, {"limit": 3}):
        session.update({"flow.py": edited}, inputs=inputs)
        session.run()
        assert session.failure is not None
        assert not is_built(session)
    session.update({"flow.py": edited}, inputs={"limit": 4})
    assert not is_built(session)
