"""Problems in a session, with their file, line and node."""

from __future__ import annotations

import logging
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from headwater.session import Session
    from headwater.wire.views import RunView


def run(session: Session, source: str) -> RunView:
    session.update({"flow.py": dedent(source).lstrip()})
    return session.run()


def first(session: Session, source: str) -> tuple[Any, ...]:
    """Return the kind, file, line, node and message of the first problem."""
    problem = run(session, source)["problems"][0]
    return problem["kind"], problem["file"], problem["line"], problem["node"], problem["message"]


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        ("1 / 0", "ZeroDivisionError", "division by zero"),
        ("{'rain': 1}['rian']", "KeyError", "KeyError: 'rian'"),
        ("lenght", "NameError", "name 'lenght' is not defined."),
        ("prise", "NameError", "name 'prise' is not defined. Did you mean `price`?"),
        ("RAT", "NameError", "name 'RAT' is not defined. Did you mean `RATE`?"),
        ("'a'.uper()", "AttributeError", "'str' object has no attribute 'uper'. Did you mean `upper`"),
        ("__import__('math').sqr(1)", "AttributeError", "module 'math' has no attribute 'sqr'. Did you mean `sqrt`"),
        ("__import__('sys').exit('enough')", "SystemExit", "The code tried to exit Python (enough)."),
        ("eval('1 +')", "SyntaxError", "invalid syntax"),
    ],
)
def test_a_failing_function_is_a_problem_on_its_line(session: Session, body: str, kind: str, message: str) -> None:
    found = first(session, f"RATE = 1\ndef price() -> int: return 1\ndef total(price: int) -> int:\n    return {body}")
    assert found[:4] == (kind, "flow.py", 4, "total")
    assert found[4].startswith(message.removesuffix("."))


def test_frames_are_only_those_of_user_code_outermost_first(session: Session) -> None:
    problem = run(
        session,
        """
        import json

        def _load(text):
            return json.loads(text)

        def total() -> int:
            return _load("{")
        """,
    )["problems"][0]
    assert problem["kind"] == "JSONDecodeError"
    assert problem["frames"] == [
        {"file": "flow.py", "line": 7, "function": "total", "code": 'return _load("{")'},
        {"file": "flow.py", "line": 4, "function": "_load", "code": "return json.loads(text)"},
    ]
    assert (problem["line"], problem["column"]) == (4, 12)


def test_endless_recursion_shows_some_frames(session: Session) -> None:
    problem = run(session, "def _f():\n    return _f()\ndef total() -> int:\n    return _f()")["problems"][0]
    assert (problem["kind"], problem["node"], len(problem["frames"])) == ("RecursionError", "total", 2)
    assert [frame["function"] for frame in problem["frames"]] == ["total", "_f"]


def test_notes_of_an_exception_are_in_the_message(session: Session) -> None:
    found = first(session, "def total() -> int:\n    e = ValueError('x')\n    e.add_note('see the manual')\n    raise e")
    assert found[4] == "x\nsee the manual"


def test_an_exception_that_cannot_be_printed_is_a_problem(session: Session) -> None:
    found = first(
        session,
        """
        class Rude(Exception):
            def __str__(self): raise ValueError
        def total() -> int:
            raise Rude
        """,
    )
    assert found == ("Rude", "flow.py", 4, "total", "<Rude that cannot be printed: ValueError>")


def test_nodes_downstream_of_a_failed_node_are_skipped_and_the_rest_runs(session: Session) -> None:
    result = run(
        session,
        """
        def a() -> int: return 1 // 0
        def b(a: int = 3) -> int: return a
        def c() -> int: return 3
        def d(c: int) -> int: return c
        """,
    )
    assert {name: node["state"] for name, node in result["nodes"].items()} == {
        "a": "failed",
        "b": "skipped",
        "c": "succeeded",
        "d": "succeeded",
    }
    assert list(result["outputs"]) == ["d"]
    assert (result["ok"], result["ran"], result["total"]) == (False, 3, 4)
    assert session.preview("a") is session.preview("b") is None


@pytest.mark.parametrize(
    ("source", "kind", "line"),
    [
        ("X = 1\ndef total( -> int: ...", "SyntaxError", 2),
        ("def total() -> int:\nreturn 1", "IndentationError", 2),
        ("X = 1\nreturn 2", "SyntaxError", 2),
        ("X = 1\nimport nowhere", "ModuleNotFoundError", 2),
        ("from math import sqr", "ImportError", 1),
        ("X = 1\nY = X / 0", "ZeroDivisionError", 2),
        ("raise SystemExit(1)", "SystemExit", 1),
        ("X = eval('1 +')", "SyntaxError", 1),
        ("def total(x) -> int: ...", "MissingAnnotation", 1),
        ("X = 1\ndef total(*x: int) -> int: ...", "UnsupportedParameter", 2),
        ("def a(b: int) -> int: ...\ndef b(a: int) -> int: ...", "CycleError", 1),
        ("def a() -> str: ...\ndef b(a: int) -> int: ...", "IncompatibleTypes", 2),
        ("from headwater import extract_fields\n@extract_fields({})\ndef a() -> dict: ...", "DecoratorError", 2),
    ],
)
def test_an_invalid_module_is_a_problem_on_its_line(session: Session, source: str, kind: str, line: int) -> None:
    problem = run(session, source)["problems"][0]
    assert (problem["kind"], problem["file"], problem["line"]) == (kind, "flow.py", line)
    assert "headwater-" not in problem["message"]


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("def a(b: int) -> int: ...\ndef b(a: int) -> int: ...", "cycle-error"),
        ("def total(price: float) -> float: ...", "missing-input"),
        ("from headwater import check_output\n@check_output(range=(0, 1))\ndef a() -> int:\n    return 2", "check-warning"),
        ("from headwater import config\n@config.when(x=1)\ndef a() -> int:\n    return 2", "unknown-node"),
        ("class CycleError(ValueError): ...\ndef a() -> int:\n    raise CycleError('x')", None),
        ("def a() -> int:\n    return 1 / 0", None),
    ],
)
def test_a_problem_names_its_page_in_the_error_catalog(session: Session, source: str, page: str | None) -> None:
    (problem,) = run(session, source)["problems"]
    assert problem.get("docs") == page
    assert "More: " not in problem["message"]


def test_all_problems_of_a_graph_are_reported_at_once_with_short_names(session: Session) -> None:
    session.update(
        {
            "one.py": "def a(b: int) -> int: ...\ndef b(a: int) -> int: ...\ndef c() -> str: ...",
            "two.py": "def d(c: int) -> int: ...",
        }
    )
    problems = session.run()["problems"]
    assert sorted(problem["kind"] for problem in problems) == ["CycleError", "IncompatibleTypes"]
    assert "one.py:1" in next(problem["message"] for problem in problems if problem["kind"] == "CycleError")


def test_a_function_defined_in_two_modules_names_both(session: Session) -> None:
    session.update({"one.py": "def a() -> int: ...", "two.py": "\ndef a() -> int: ..."})
    (problem,) = session.run()["problems"]
    assert problem["kind"] == "DuplicateNode"
    assert "one.py:1" in problem["message"]
    assert "two.py:2" in problem["message"]


def test_the_last_values_stay_while_a_module_cannot_be_loaded(session: Session) -> None:
    good = "def total() -> int: return 7"
    run(session, good)
    for bad in ("def total( -> int", f"import nowhere\n{good}", "def total(total: int) -> int: ..."):
        result = run(session, bad)
        assert not result["ok"]
        assert result["nodes"] == {}
        assert session.preview("total") == {"kind": "scalar", "type": "int", "text": "7"}
    assert run(session, good)["reused"] == 1


def test_a_value_whose_repr_uses_its_module_is_still_shown(session: Session) -> None:
    good = """
        def _shown(price): return f"{price.amount} EUR"
        class Price:
            amount = 7
            def __repr__(self): return _shown(self)
        def total() -> Price: return Price()
    """
    run(session, good)
    assert not run(session, f"import nowhere\n{dedent(good)}")["ok"]
    assert session.preview("total") == {"kind": "text", "type": "Price", "text": "7 EUR", "truncated": False}


def test_a_failed_module_is_loaded_again(session: Session) -> None:
    session.update({"flow.py": "from part import X\ndef total() -> int: return X"})
    assert not session.run()["ok"]
    assert not session.run()["ok"]
    session.update({"flow.py": "from part import X\ndef total() -> int: return X", "part.py": "X = 1"})
    assert session.run()["ok"]


def test_line_numbers_follow_an_edit_that_changes_nothing_else(session: Session) -> None:
    source = "def _helper():\n    return 1 / 0\nclass _Tool:\n    pass\ndef total() -> float:\n    return _helper()\n"
    assert run(session, source)["problems"][0]["line"] == 2
    problem = run(session, f"# one\n\n{source}")["problems"][0]
    assert [(frame["line"], frame["code"]) for frame in problem["frames"]] == [
        (8, "return _helper()"),
        (4, "return 1 / 0"),
    ]


def test_line_numbers_of_reused_classes_and_decorated_functions_follow_the_text(session: Session) -> None:
    source = """
        from functools import wraps

        def _loud(function):
            @wraps(function)
            def call():
                return function()
            return call

        class _Tool:
            @property
            def size(self):
                return self.half() * 2

            @staticmethod
            def half():
                return 1 / 0

        @_loud
        def total() -> float:
            return _Tool().size
    """
    text = dedent(source).lstrip()
    first = run(session, text)["problems"][0]["frames"]
    second = run(session, "# one\n" + text.replace("class", "# two\nclass"))["problems"][0]["frames"]
    assert [frame["function"] for frame in first] == ["call", "total", "size", "half"]
    assert [frame["code"] for frame in second] == [frame["code"] for frame in first]
    assert [after["line"] - before["line"] for before, after in zip(first, second, strict=True)] == [1, 2, 2, 2]


def test_prints_belong_to_the_node_that_printed(session: Session) -> None:
    source = """
        import sys
        print("loading")

        def a() -> int:
            print("out")
            print("err", file=sys.stderr)
            return 1

        def b(a: int) -> int:
            return 2
    """
    result = run(session, source)
    assert result["nodes"]["a"]["prints"] == "out\nerr\n"
    assert "prints" not in result["nodes"]["b"]
    assert result["prints"] == "loading\n"
    again = session.run()
    assert again["nodes"]["a"] == {"state": "reused", "prints": "out\nerr\n"}
    assert "prints" not in again


def test_endless_prints_are_cut(session: Session) -> None:
    result = run(session, "def a() -> int:\n    for _ in range(3000): print('x' * 9)\n    return 1")
    prints = result["nodes"]["a"]["prints"]
    assert prints.startswith("xxxxxxxxx\nx")
    assert prints.endswith("\n… 10,000 more characters were printed")
    assert len(prints) < 20_100


def test_a_logger_configured_by_a_module_works_in_later_runs(session: Session) -> None:
    source = """
        import logging
        LOG = logging.getLogger("test.flow")
        _handler = logging.StreamHandler()
        LOG.addHandler(_handler)
        def a() -> int:
            LOG.warning("again")
            return {}
    """
    for number in range(2):
        result = run(session, source.format(number))
        assert result["nodes"]["a"].get("prints", "").startswith("again\n")


def test_prints_of_a_failing_function_are_kept(session: Session) -> None:
    result = run(session, "def a() -> int:\n    print('so far')\n    return 1 / 0")
    assert result["nodes"]["a"]["prints"] == "so far\n"


def test_warnings_of_user_code_are_printed_and_those_of_checks_are_problems(session: Session) -> None:
    source = """
        import warnings
        from headwater import check_output

        @check_output(range=(0, 1), importance="warn")
        def a() -> int:
            warnings.warn("careful")
            return 7
    """
    result = run(session, source)
    again = session.run()
    assert result["ok"]
    assert any("flow.py:6: UserWarning: careful" in node.get("prints", "") for node in result["nodes"].values())
    for shown in (result, again):
        (problem,) = shown["problems"]
        assert (problem["kind"], problem["severity"], problem["file"], problem["line"]) == (
            "CheckWarning",
            "warning",
            "flow.py",
            5,
        )


def test_an_interrupt_propagates_and_computed_values_stay(session: Session) -> None:
    source = "STOP = {}\ndef a() -> int: return 1\ndef b(a: int) -> int:\n    if STOP: raise KeyboardInterrupt\n    return 2"
    session.update({"flow.py": source.format(1)})
    with pytest.raises(KeyboardInterrupt):
        session.run()
    assert session.preview("a") == {"kind": "scalar", "type": "int", "text": "1"}
    session.update({"flow.py": source.format(0)})
    assert session.run()["reused"] == 1


def test_a_missing_dependency_is_a_problem_of_its_node(session: Session) -> None:
    kind, file, line, node, message = first(
        session,
        """
        from headwater import extract_fields

        @extract_fields({"low": int, "hihg": int})
        def bounds() -> dict:
            return {"low": 1, "high": 2}
        """,
    )
    assert (kind, file, line, node) == ("MissingPart", "flow.py", 4, "hihg")
    assert "Did you mean `high`?" in message


def test_an_object_that_refuses_to_list_its_attributes_gets_no_suggestion(session: Session) -> None:
    found = first(
        session,
        """
        class _Shy:
            def __dir__(self): raise ValueError
        def total() -> int:
            return _Shy().size
        """,
    )
    assert found == ("AttributeError", "flow.py", 4, "total", "'_Shy' object has no attribute 'size'")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("row['rian']", "KeyError: 'rian'. Did you mean `rain`?"),
        ("table['rian']", "KeyError: 'rian'. Did you mean `rain`?"),
        ("table['snow']", "KeyError: 'snow'. `table` has the columns 'day', 1, 'rain'."),
        ("row[3]", "KeyError: 3. `row` has the keys 'day', 'rain'."),
    ],
)
def test_a_missing_key_or_column_suggests_the_most_similar_one(session: Session, body: str, message: str) -> None:
    source = f"""
        class Table(list):
            columns = ("day", 1, "rain")
            def __getitem__(self, key):
                raise KeyError(key)

        def total() -> object:
            shape, row, table = (), {{"day": 1, "rain": 2}}, Table()
            return {body}
    """
    kind, *_, found = first(session, source)
    assert (kind, found) == ("KeyError", message)


def test_an_error_outside_user_code_is_marked_at_the_function(session: Session) -> None:
    source = """
        from functools import lru_cache

        def listed() -> list:
            return []

        @lru_cache
        def total(listed: list) -> int:
            return 1
    """
    (problem,) = run(session, source)["problems"]
    assert (problem["kind"], problem["node"], problem["line"]) == ("TypeError", "total", 7)
    assert problem["frames"] == []


def test_an_error_in_a_parameterized_function_has_its_line(session: Session) -> None:
    source = """
        from headwater import parameterize, value

        @parameterize(one={"x": value(1)}, two={"x": value(0)})
        def inverse(x: int) -> float:
            return 1 / x
    """
    result = run(session, source)
    (problem,) = result["problems"]
    assert (problem["kind"], problem["node"], problem["line"]) == ("ZeroDivisionError", "two", 5)
    assert result["outputs"]["one"] == {"kind": "scalar", "type": "float", "text": "1.0"}


def test_a_logger_of_a_session_writes_to_standard_error_between_runs(
    session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    run(session, "import logging\nlogging.getLogger('test.late').addHandler(logging.StreamHandler())\ndef a() -> int: return 1")
    logger = logging.getLogger("test.late")
    stream = logger.handlers[0].stream  # type: ignore[attr-defined]
    assert stream.writable()
    assert stream.encoding == "utf-8"
    logger.removeHandler(logger.handlers[0])
    assert stream.write("") == 0
