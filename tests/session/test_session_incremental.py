"""The nodes that rerun after an edit, and the nodes that are reused."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from headwater.session import Session
    from headwater.wire.views import RunView

FLOW = '''
"""A flow."""
import math
from dataclasses import dataclass

RATE = 3
print("loaded")


@dataclass
class Price:
    """A price."""
    amount: int


def _rounded(x):
    # rounds
    return math.floor(x)


def base() -> list:
    """The base."""
    return [1, 2]


def scaled(base: list) -> list:
    return [x * RATE for x in base]


def rounded(base: list) -> list:
    return [_rounded(x) for x in base]


def prices(rounded: list) -> list:
    return [Price(x) for x in rounded]


def known(prices: list) -> bool:
    return all(isinstance(price, Price) for price in prices)


def count(scaled: list) -> int:
    return len(scaled)


def report(count: int, prices: list) -> str:
    return f"{count} {prices}"
'''

ALL = {"base", "scaled", "rounded", "prices", "known", "count", "report"}


def ran(result: RunView) -> set[str]:
    return {name for name, node in result["nodes"].items() if node["state"] not in {"reused", "skipped"}}


def run(session: Session, files: dict[str, str]) -> RunView:
    session.update({name: dedent(text) for name, text in files.items()})
    result = session.run()
    assert result["ran"] == len(ran(result))
    assert result["ran"] + result["reused"] == result["total"] or not result["ok"]
    return result


@pytest.mark.parametrize(
    ("old", "new", "affected"),
    [
        pytest.param("# rounds", "# rounds down", set(), id="a comment"),
        pytest.param("# rounds\n", "\n\n", set(), id="an empty line"),
        pytest.param('"""The base."""', '"""What it is."""', set(), id="a docstring"),
        pytest.param('"""A price."""', '"""What it costs."""', set(), id="the docstring of a class"),
        pytest.param("def count", "def _unused(): ...\n\n\ndef count", set(), id="a new unused helper"),
        pytest.param("RATE = 3", "RATE = 4", {"scaled", "count"}, id="a constant that does not change `count`"),
        pytest.param("math.floor(x)", "math.floor(-x)", {"rounded", "prices", "known", "report"}, id="a helper"),
        pytest.param("math.floor(x)", "math.ceil(x)", {"rounded"}, id="a helper with the same result"),
        pytest.param("[1, 2]", "[1, 2, 3]", ALL, id="the first node"),
        pytest.param("len(scaled)", "len(scaled) + 1", {"count", "report"}, id="an inner node"),
        pytest.param("len(scaled)", "len([*scaled])", {"count"}, id="an inner node with the same result"),
        pytest.param('f"{count}', 'f"{count + 1}', {"report"}, id="the last node"),
        pytest.param("amount: int", "amount: float", {"prices", "known", "report"}, id="a class"),
        pytest.param("def known", "def new() -> int:\n    return 1\n\n\ndef known", {"new"}, id="a new node"),
        pytest.param("def count(scaled: list)", "def count(rounded: list, scaled: list)", {"count"}, id="a parameter"),
    ],
)
def test_an_edit_reruns_only_the_affected_nodes(session: Session, old: str, new: str, affected: set[str]) -> None:
    assert ran(run(session, {"flow.py": FLOW})) == ALL
    assert ran(run(session, {"flow.py": FLOW})) == set()
    assert old in FLOW
    assert ran(run(session, {"flow.py": FLOW.replace(old, new)})) == affected


@pytest.mark.parametrize("loaded", ['print("loaded")', ""], ids=["a module that prints", "a module that only defines"])
def test_a_class_stays_the_same_class_while_other_code_changes(session: Session, loaded: str) -> None:
    flow = FLOW.replace('print("loaded")', loaded)
    run(session, {"flow.py": flow})
    flow = flow.replace("all(isinstance", "not not all(isinstance")
    result = run(session, {"flow.py": flow})
    assert ran(result) == {"known"}
    assert result["outputs"]["known"] == {"kind": "scalar", "type": "bool", "text": "True"}


def test_a_class_stays_the_same_class_over_a_run_that_failed_to_load(session: Session) -> None:
    run(session, {"flow.py": FLOW})
    assert not run(session, {"flow.py": FLOW.replace("import math", "import nowhere")})["ok"]
    result = run(session, {"flow.py": FLOW.replace("all(isinstance", "not not all(isinstance")})
    assert ran(result) == {"known"}
    assert result["outputs"]["known"] == {"kind": "scalar", "type": "bool", "text": "True"}


def test_reused_nodes_are_not_queued(session: Session) -> None:
    session.update({"flow.py": "def a(x: int = 1) -> list: return [x]\ndef b(a: list) -> int: return 1"}, inputs={"x": 2})
    session.run()
    for inputs in ({"x": 2}, {}, {}):
        states: list[tuple[str, str]] = []
        session.update(dict(session._files.texts), inputs=inputs)
        result = session.run(on_state=lambda name, state, _, states=states: states.append((name, state)))
        assert {name for name, state in states if state == "queued"} == ran(result)


def test_data_that_a_module_reads_during_import_is_read_once(session: Session) -> None:
    flow = """
        def _load():
            print("reading")
            with open("table.csv") as file:
                return file.read()

        TABLE = _load()

        def rows() -> int:
            return TABLE.count("\\n")

        def total(rows: int) -> int:
            return rows + 1
    """
    assert run(session, {"flow.py": flow, "table.csv": "a\n"}).get("prints") == "reading\n"
    edited = flow.replace("rows + 1", "rows + 2")
    result = run(session, {"flow.py": edited, "table.csv": "a\n"})
    assert ("prints" in result, ran(result)) == (False, {"total"})
    result = run(session, {"flow.py": edited, "table.csv": "a\nb\n"})
    assert (result.get("prints"), ran(result)) == ("reading\n", {"rows", "total"})
    assert result["outputs"]["total"] == {"kind": "scalar", "type": "int", "text": "4"}


def test_a_warning_of_a_reused_node_has_the_current_line_of_its_function(session: Session) -> None:
    source = "from headwater import check_output\n@check_output(range=(5, 10))\ndef base() -> int:\n    return 1"
    for comments in ("", "# a\n# b\n", "# a\n"):
        result = run(session, {"flow.py": comments + source})
        line = 3 + comments.count("\n")
        (problem,) = result["problems"]
        assert (problem["line"], bool(ran(result))) == (line, not comments)
        message = f"The value of `base` (flow.py:{line}) failed its check `range`: 1 is not between 5 and 10."
        assert problem["message"] == message


def test_a_module_with_side_effects_is_executed_once_per_change(session: Session) -> None:
    files = {
        "part.py": "print('part')\ndef a() -> int: return 1",
        "flow.py": "print('flow')\ndef b(a: int) -> int: return 1",
    }
    assert run(session, files).get("prints") == "part\nflow\n"
    files["flow.py"] += "\ndef c() -> int: return 1"
    result = run(session, files)
    assert (result.get("prints"), ran(result)) == ("flow\n", {"c"})


@pytest.mark.parametrize(
    ("reading", "reads"),
    [
        ("Path(__file__).with_name('data.csv').read_text()", True),
        ("Path('data' + '.csv').read_text()", True),
        ("_load()", True),
        ("getattr(__import__('pathlib'), 'Pa' + 'th')('da' + 'ta' + chr(46) + 'csv').read_text()", True),
        ("'no data at all'", False),
    ],
)
def test_a_changed_data_file_reruns_its_readers_and_nodes_downstream(session: Session, reading: str, reads: bool) -> None:
    flow = f"""
from pathlib import Path
def _load(): return Path("data.csv").read_text()
def path() -> str: return "x"
def text() -> str: return {reading}
def flag(text: str) -> bool: return bool(text)
def after(flag: bool) -> int: return 1
"""
    assert ran(run(session, {"flow.py": flow, "data.csv": "1"})) == {"path", "text", "flag", "after"}
    # `text` comes from a file, so the nodes that use it rerun even if its value is equal. `flag` has an equal value, and does
    # not come from a file.
    assert ran(run(session, {"flow.py": flow, "data.csv": "2"})) == ({"text", "flag"} if reads else set())


def test_new_code_for_the_name_of_a_data_file_reruns_readers_only_if_the_file_has_changed(session: Session) -> None:
    flow = """
def path() -> str: return "data.csv"
def text(path: str) -> str: return open(path).read()
def size(text: str) -> int: return len(text)
"""
    edited = flow.replace('"data.csv"', '"data" ".csv"  or ""')
    run(session, {"flow.py": flow, "data.csv": "1"})
    assert ran(run(session, {"flow.py": edited, "data.csv": "1"})) == {"path"}
    assert ran(run(session, {"flow.py": flow, "data.csv": "22"})) == {"path", "text", "size"}


def test_only_users_of_a_changed_column_rerun(session: Session) -> None:
    flow = """
        import pandas as pd
        from headwater import extract_columns

        @extract_columns("rain", "wind")
        def weather() -> pd.DataFrame:
            return pd.DataFrame({"rain": [1.5, None], "wind": [3, 4]})

        def wet(rain: pd.Series) -> pd.Series:
            return rain > 1

        def calm(wind: pd.Series) -> pd.Series:
            return wind < 4
    """
    run(session, {"flow.py": flow})
    result = run(session, {"flow.py": flow.replace("[3, 4]", "[3, 5]")})
    assert ran(result) == {"weather", "rain", "wind", "calm"}
    assert {name: result["nodes"][name]["state"] for name in ("rain", "wet")} == {"rain": "succeeded", "wet": "reused"}


def test_a_value_that_was_changed_in_place_counts_as_changed(session: Session) -> None:
    flow = """
        import pandas as pd
        def table() -> pd.DataFrame:
            return pd.DataFrame({"x": [1]})
        def marked(table: pd.DataFrame) -> pd.DataFrame:
            table["y"] = 2
            return table
        def total(marked: pd.DataFrame) -> int:
            return int(marked.sum().sum())
    """
    run(session, {"flow.py": flow})
    result = run(session, {"flow.py": flow.replace("= 2", "= 3")})
    assert ran(result) == {"marked", "total"}
    assert result["outputs"]["total"] == {"kind": "scalar", "type": "int", "text": "4"}


def test_values_are_reused_after_an_error_is_undone(session: Session) -> None:
    run(session, {"flow.py": FLOW})
    broken = run(session, {"flow.py": FLOW.replace("len(scaled)", "len(scaled, 1)")})
    assert ran(broken) == {"count"}
    assert run(session, {"flow.py": FLOW})["ran"] == 0


def test_a_node_reruns_if_its_dependency_was_computed_for_another_output(session: Session) -> None:
    flow = "def a() -> list: return [1]\ndef b(a: list) -> list: return a + [2]\ndef c(a: list) -> list: return a + [3]"
    run(session, {"flow.py": flow})
    session.update({"flow.py": flow.replace("[1]", "[7]")})
    assert ran(session.run(["b"])) == {"a", "b"}
    assert ran(session.run(["b", "c"])) == {"c"}
    assert session.preview("c") == {"kind": "tree", "type": "list", "text": "[7, 3]", "truncated": False}


def test_an_edit_of_a_helper_in_another_module_reruns_its_users(session: Session) -> None:
    files = {
        "flow.py": "from shared import one\nimport shared\ndef a() -> int: return one()\ndef b() -> int: return shared.two()",
        "shared.py": "def one() -> int: return 1\ndef two() -> int: return 2\ndef _three(): return 3",
    }
    run(session, files)
    assert ran(run(session, {**files, "shared.py": files["shared.py"].replace("1", "10")})) == {"one", "a", "b"}
    assert ran(run(session, {**files, "shared.py": files["shared.py"].replace("3", "30")})) == {"one", "a", "b"}


def test_a_decorator_that_registers_functions_registers_each_once(session: Session) -> None:
    flow = """
        NOTED = []

        def _noted(function):
            NOTED.append(function)
            return function

        @_noted
        def a() -> int:
            return 1

        def b(a: int) -> int:
            return len(NOTED)
    """
    run(session, {"flow.py": flow})
    result = run(session, {"flow.py": flow.replace("len(NOTED)", "len(NOTED) + 0")})
    assert result["outputs"]["b"] == {"kind": "scalar", "type": "int", "text": "1"}
    assert ran(result) == {"b"}


def test_parts_of_a_value_rerun_with_the_function_that_computes_them(session: Session) -> None:
    flow = """
        from headwater import extract_fields

        @extract_fields({"low": int, "high": int})
        def bounds() -> dict:
            return {"low": 1, "high": 5}

        def width(low: int, high: int) -> int:
            return high - low
    """
    assert ran(run(session, {"flow.py": flow})) == {"bounds", "low", "high", "width"}
    flow = flow.replace("high - low", "high + low")
    assert ran(run(session, {"flow.py": flow})) == {"width"}
    flow = flow.replace('"high": 5', '"high": 6')
    assert ran(run(session, {"flow.py": flow})) == {"bounds", "high", "low", "width"}


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [("1", "0 + 1", True), ("1", "1.0", False), ("1", "True", False), ("0.0", "-0.0", False), ("[1]", "[0 + 1]", True)],
)
def test_nodes_downstream_are_reused_if_a_value_is_the_same(session: Session, before: str, after: str, same: bool) -> None:
    flow = "from typing import Any\ndef a() -> Any: return {}\ndef b(a: Any) -> str: return str(a)"
    run(session, {"flow.py": flow.format(before)})
    assert ran(run(session, {"flow.py": flow.format(after)})) == ({"a"} if same else {"a", "b"})


def test_an_iterator_is_computed_again_in_every_run(session: Session) -> None:
    flow = """
        from collections.abc import Iterator
        def rows() -> Iterator:
            yield 1
        def listed(rows: Iterator) -> list:
            return list(rows)
        def other() -> int:
            return 1
    """
    run(session, {"flow.py": flow})
    result = run(session, {"flow.py": flow.replace("return list(rows)", "return [*rows]")})
    assert result["outputs"]["listed"] == {"kind": "tree", "type": "list", "text": "[1]", "truncated": False}
    assert ran(session.run()) == {"rows", "listed"}


def test_a_built_node_is_shown_with_new_tags_from_a_decorator_in_another_module(session: Session) -> None:
    flow = "from settings import _marked\n@_marked\ndef total() -> int: return 1"
    tags = []
    for marked in ("def _marked(function): return function", "from headwater import tag\n_marked = tag(unit='kg')"):
        result = run(session, {"settings.py": marked, "flow.py": flow})
        tags.append(next(node["tags"] for node in result["graph"]["nodes"] if node["name"] == "total"))
    assert tags == [{}, {"unit": "kg"}]
