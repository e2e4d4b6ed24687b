"""The reports of a session stay within the bounds of their types, for any dataflow."""

from __future__ import annotations

import functools
import itertools
import typing
from typing import Any

import pytest

from headwater.lessons import Exercise, run_check
from headwater.session import Session
from headwater.session.problems import make_problem
from headwater.session.truncation import truncate_graph, truncate_outputs, truncate_problems, truncate_runs
from headwater.wire import bounds, views
from headwater.wire.bounds import Matching, MaxItems, MaxLength


@functools.cache
def hints_of(shape: type) -> dict[str, Any]:
    return typing.get_type_hints(shape, include_extras=True)


@functools.cache
def parts_of(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    return typing.get_origin(annotation), typing.get_args(annotation)


@functools.cache
def preview_of(kind: str) -> type:
    """Return the declared shape of previews of this kind."""
    shapes = typing.get_args(views.Preview)
    return next(shape for shape in shapes if typing.get_args(typing.get_type_hints(shape)["kind"]) == (kind,))


def excesses(value: Any, annotation: Any, path: str = "") -> list[str]:
    """Return the parts of a value that exceed a bound of its type."""
    origin, arguments = parts_of(annotation)
    if origin is typing.NotRequired:
        return excesses(value, arguments[0], path)
    if origin is typing.Annotated:
        (bound,) = (part for part in arguments[1:] if not isinstance(part, Matching))
        most = bound.items if isinstance(bound, MaxItems) else bound.characters
        own = [f"{path}: {len(value):,} > {most:,}"] if fits(value, arguments[0]) and len(value) > most else []
        return own + excesses(value, arguments[0], path)
    if typing.is_typeddict(annotation):
        hints = hints_of(annotation)
        return [found for key, item in value.items() for found in excesses(item, hints[key], f"{path}.{key}")]
    if origin is list:
        return [found for item in value for found in excesses(item, arguments[0], f"{path}[]")]
    if origin is dict:
        keys = [found for key in value for found in excesses(key, arguments[0], f"{path} key")]
        return keys + [found for item in value.values() for found in excesses(item, arguments[1], f"{path}{{}}")]
    if annotation == views.Preview:
        return excesses(value, preview_of(value["kind"]), path)
    branches = [branch for branch in arguments if fits(value, branch)] if origin is not typing.Literal else []
    return [found for branch in branches for found in excesses(value, branch, path)]


def fits(value: Any, annotation: Any) -> bool:
    """Return whether a value belongs to a branch of a union."""
    origin, arguments = parts_of(annotation)
    if origin is typing.Annotated:
        return fits(value, arguments[0])
    if origin is not None or typing.is_typeddict(annotation):
        return isinstance(value, origin or dict)
    return value is None if annotation in (None, type(None)) else isinstance(value, annotation)


LONG = "x" * 30_000
MANY = range(1_050)

HEAVY = {
    "documentation": f'def total() -> int:\n    """{LONG}"""\n    return 1\n',
    "prints": f"print('{LONG}' * 9)\n\ndef total() -> int:\n    print('{LONG}' * 9)\n    return 1\n",
    "an error": f"def total() -> int:\n    raise ValueError('{LONG}')\n",
    "an error with many lines": f"def total() -> int:\n    raise ValueError('line\\n' * {len(LONG)})\n",
    "the name of an error": f"def total() -> int:\n    raise type('{LONG}', (Exception,), {{}})\n",
    "notes": f"def total() -> int:\n    e = ValueError('x')\n    [e.add_note('{LONG}') for _ in range(99)]\n    raise e\n",
    "recursive calls": "def _f(n):\n    return _f(n + 1)\n\ndef total() -> int:\n    return _f(0)\n",
    "a long line that fails": f"def total() -> int:\n    return 1 / 0 + len('{LONG}')\n",
    "a string": f"def total() -> str:\n    return '{LONG}' * 9\n",
    "a string of four-byte characters": f"def total() -> str:\n    return '\U0001f600' * {len(LONG)}\n",
    "a tree of long strings": f"def total() -> list:\n    return [['{LONG}'] * 40] * 40\n",
    "a tree of control characters": "def total() -> list:\n    return [['\\x00' * 300] * 40] * 40\n",
    "a tree of long keys": f"def total() -> dict:\n    return {{str(i) + '{LONG}': '{LONG}' for i in range(99)}}\n",
    "a type": f"total_type = type('{LONG}', (), {{}})\n\ndef total() -> total_type:\n    return total_type()\n",
    "a default": f"def total(text: str = '{LONG}') -> int:\n    return 1\n",
    "many choices": f"from typing import Literal\n\ndef total(kind: Literal{[*MANY]} = 1) -> int:\n    return 1\n",
    "long choices": f"from typing import Literal\n\ndef total(kind: Literal['{LONG}', 'a'] = 'a') -> int:\n    return 1\n",
    "a false module and file name": (
        "def total() -> int:\n    return 1\n\n"
        f"total.__module__ = __name__\ntotal.__code__ = total.__code__.replace(co_filename='{LONG}', co_name='total')\n"
    ),
    "many problems": "\n".join(f"def f{i}() -> int:\n    return missing{i}\n" for i in MANY),
    "many warnings and an error": (
        "import warnings\n" + "\n".join(f"def f{i}() -> int:\n    raise ValueError\n" for i in MANY)
    ),
    "very many prints": "\n".join(f"def f{i}() -> int:\n    print('x' * 19_000)\n    return 1\n" for i in range(150)),
    "many tags": (
        f"from headwater import tag\n\n@tag(**{{f't{{i}}': 'v' for i in range({len(MANY)})}})\n"
        "def total() -> int:\n    return 1\n"
    ),
    "long tags": (
        f"from headwater import tag\n\n@tag(owner='{LONG}', team=['{LONG}'] * {len(MANY)})\ndef total() -> int:\n    return 1\n"
    ),
    "a long syntax error": f"def total(:\n    {LONG}\n",
    "a long name": f"def {LONG}() -> int:\n    return 1\n",
}


# The cases whose reports have thousands of parts, but do not depend on the interpreter.
PORTABLE = {"many problems", "many warnings and an error", "very many prints", "many tags", "long tags"}
# Cases with thousands of problems or warnings, which take seconds.
RARE = {"many problems", "many warnings and an error"}


def marks_of(name: str) -> list[pytest.MarkDecorator]:
    return [pytest.mark.portable] * (name in PORTABLE) + [pytest.mark.everywhere] * (name in RARE)


@pytest.mark.parametrize("source", [pytest.param(source, id=name, marks=marks_of(name)) for name, source in HEAVY.items()])
def test_the_reports_of_a_session_are_within_the_bounds(session: Session, source: str) -> None:
    session.update({"flow.py": source})
    assert excesses(session.graph(), views.GraphView) == []
    run = session.run()
    assert excesses(run, views.RunView) == []
    assert sum(len(node.get("prints", "")) for node in run["nodes"].values()) <= bounds.MAX_RUN_PRINTS_LENGTH
    assert excesses(session.graph(), views.GraphView) == []
    shown = session.preview("total")
    assert shown is None or excesses(shown, views.Preview) == []
    check = f"expect(False, '{LONG}')\n" * 60 + f"assert False, '{LONG}'"
    assert excesses(run_check(session, Exercise(check)), views.CheckView) == []


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"passed": True, "message": "x" * 4_001, "criteria": []}, [".message: 4,001 > 4,000"]),
        ({"passed": True, "message": "x" * 4_000}, []),
    ],
)
def test_a_value_beyond_a_bound_is_detected(value: object, found: list[str]) -> None:
    assert excesses(value, views.CheckView) == found
    assert MaxLength(4_000) in typing.get_args(views.Message)


def test_errors_come_before_warnings_if_there_are_too_many_problems() -> None:
    warnings = [make_problem("W", str(number), severity="warning") for number in range(2_000)]
    shown = truncate_problems([*warnings, make_problem("E", "wrong")])
    assert len(shown) == 1_000
    assert (shown[0]["kind"], shown[1]["message"]) == ("E", "0")
    assert shown[-1]["message"] == "1,002 more problems are not shown."


def test_problems_up_to_the_limit_keep_their_order() -> None:
    problems = [make_problem("W", str(number), severity="warning") for number in range(999)] + [make_problem("E", "wrong")]
    assert truncate_problems(problems) == problems


def node(name: str) -> views.NodeView:
    return {
        "name": name,
        "kind": "input",
        "type": "int",
        "doc": "",
        "tags": {},
        "function": None,
        "module": None,
        "file": None,
        "line": None,
        "end": None,
        "output": False,
    }


@pytest.mark.portable
def test_a_very_large_graph_is_truncated_with_a_notice() -> None:
    names = [f"n{number}" for number in range(20_002)]
    edges: list[views.EdgeView] = [
        {"source": source, "target": target, "optional": False} for source, target in itertools.pairwise(names)
    ]
    shown = truncate_graph({"nodes": [node(name) for name in names], "edges": edges, "problems": []})
    assert excesses(shown, views.GraphView) == []
    assert shown["edges"][-1] == {"source": "n19998", "target": "n19999", "optional": False}
    counts = "20,000 of 20,002 nodes and 19,999 of 20,001 edges"
    message = f"This dataflow is too large to show in full. The graph shows only the first {counts}."
    assert [problem["message"] for problem in shown["problems"]] == [message]


@pytest.mark.portable
def test_a_graph_with_too_many_edges_is_truncated_with_a_notice() -> None:
    edges: list[views.EdgeView] = [{"source": "a", "target": "b", "optional": False}] * 100_001
    shown = truncate_graph({"nodes": [node("a"), node("b")], "edges": edges, "problems": []})
    assert len(shown["edges"]) == 100_000
    assert "100,000 of 100,001 edges" in shown["problems"][0]["message"]


def test_prints_beyond_the_limit_of_a_run_are_omitted_with_a_notice() -> None:
    runs: dict[str, views.NodeRun] = {f"n{number}": {"state": "succeeded", "prints": "x" * 20_000} for number in range(150)}
    (notice,) = truncate_runs(runs)
    prints = [run.get("prints", "") for run in runs.values()]
    assert sum(map(len, prints)) <= bounds.MAX_RUN_PRINTS_LENGTH
    assert prints.count("…") == 51
    assert (
        notice["message"]
        == "Text printed by 51 nodes is not shown. At most 2,000,000 printed characters are shown for each run."
    )


def test_a_short_print_after_a_long_one_is_shown() -> None:
    runs: dict[str, views.NodeRun] = {f"n{number}": {"state": "succeeded", "prints": "x" * 20_000} for number in range(150)}
    runs["last"] = {"state": "succeeded", "prints": "last"}
    truncate_runs(runs)
    assert runs["last"].get("prints") == "last"


def test_outputs_beyond_the_limit_of_a_reply_are_omitted_with_a_notice() -> None:
    shown = truncate_outputs((f"n{number}", "x" * 19_999 + "\n") for number in range(400))
    texts = [preview["text"] for preview in shown.values() if preview["kind"] == "text"]
    assert len(texts) == 400
    assert texts[0].startswith("xxx")
    assert texts[-1] == "The outputs are too large to show together. Select fewer outputs to see this one."


def test_images_have_a_separate_limit() -> None:
    class Picture:
        def _repr_png_(self) -> bytes:
            return b"x" * 3_900_000

    shown = truncate_outputs([*((f"p{number}", Picture()) for number in range(5)), ("text", "a")])
    assert [preview["kind"] for preview in shown.values()] == ["image", "image", "image", "text", "text", "scalar"]
