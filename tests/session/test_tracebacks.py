"""Repeated lines of a traceback are shown once, with the number of repetitions."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest

from headwater.session.tracebacks import collapse_frames

if TYPE_CHECKING:
    from headwater.session import Session
    from headwater.wire.views import FrameView


def frames(names: str) -> list[FrameView]:
    return [{"file": "flow.py", "line": 1, "function": name, "code": "f()"} for name in names]


def shown(names: str) -> list[str]:
    """Return the names of the frames. In `c 3x330`, the last three frames, which end with `c`, are repeated 330 times."""
    found = collapse_frames(frames(names))
    return [
        f"{frame['function']} {frame['repeated']}x{frame['times']}" if "repeated" in frame else frame["function"]
        for frame in found
    ]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("", []),
        ("abc", ["a", "b", "c"]),
        ("aa", ["a", "a"]),
        ("aaa", ["a 1x2"]),
        ("x" + "a" * 1000, ["x", "a 1x999"]),
        ("xabc" + "abc" * 330 + "ab", ["x", "a", "b", "c 3x330", "a", "b"]),
        ("aaaabbbb", ["a 1x3", "b 1x3"]),
        ("abab", ["a", "b", "a", "b"]),
        ("abababc", ["a", "b 2x2", "c"]),
        ("abcdefghij" * 5 + "k", [*"abcdefghi", "j 10x4", "k"]),
    ],
)
def test_repetitions_are_collapsed(names: str, expected: list[str]) -> None:
    assert shown(names) == expected


def test_of_too_many_frames_the_first_and_the_last_are_shown() -> None:
    names = "".join(chr(200 + number) for number in range(100))
    assert [frame["function"] for frame in collapse_frames(frames(names))] == [*names[:10], *names[-10:]]


def run(session: Session, source: str) -> Any:
    session.update({"flow.py": dedent(source).lstrip()})
    return session.run()["problems"]


def test_endless_mutual_recursion_is_shown_once(session: Session) -> None:
    (problem,) = run(
        session,
        """
        def _even(n): return _odd(n - 1)
        def _odd(n): return _even(n - 1)
        def total() -> int:
            return _even(3)
        """,
    )
    assert [frame["function"] for frame in problem["frames"][:3]] == ["total", "_even", "_odd"]
    assert problem["frames"][2]["repeated"] == 2
    assert problem["frames"][2]["times"] > 100
    assert len(problem["frames"]) <= 4


HELPERS = """
def _fail(value):
    raise ValueError(value)
"""
IMPORTS = {
    "the function": ("from helpers import _fail", "_fail(1)"),
    "the module": ("import helpers", "helpers._fail(1)"),
    "through another module": ("from between import _fail", "_fail(1)"),
}


@pytest.mark.parametrize(("imported", "call"), IMPORTS.values(), ids=IMPORTS.keys())
def test_frames_in_an_edited_imported_module_have_current_lines(session, imported, call):
    files = {
        "flow.py": f"{imported}\n\ndef total() -> int:\n    return {call}\n",
        "between.py": "from helpers import _fail\n",
    }
    for moved, line in (("", 3), ("# one\n# two\n", 5), ("# one\n", 4)):
        session.update({**files, "helpers.py": moved + HELPERS})
        [problem] = session.run()["problems"]
        assert [(frame["file"], frame["line"]) for frame in problem["frames"]] == [("flow.py", 4), ("helpers.py", line)]
