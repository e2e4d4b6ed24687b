"""Problems in the outline, with their messages and locations."""

from dataclasses import dataclass

import pytest

from headwater.outline import outline

pytestmark = pytest.mark.interpreter  # interpreters differ in the messages and positions of syntax errors


@dataclass
class Case:
    """Source text, and the locations of its problems."""

    source: str
    marks: list[tuple[str, int, int | None]]


CASES = {
    "text that is not Python": Case("def total(:\n", [("SyntaxError", 1, 11)]),
    "wrong indentation": Case("def total() -> int:\nreturn 1\n", [("IndentationError", 2, 1)]),
    "parameters without a type": Case(
        "def total(price,\n  tax) -> int: ...", [("MissingAnnotation", 1, 11), ("MissingAnnotation", 2, 3)]
    ),
    "a result without a type": Case("\n\ndef total(): ...", [("MissingAnnotation", 3, 1)]),
    "a method-like parameter": Case("def total(self) -> int: ...", [("MissingAnnotation", 1, 11)]),
    "arguments without names": Case("def total(*prices: int) -> int: ...", [("UnsupportedParameter", 1, 12)]),
    "arguments with any name": Case("def total(**prices: int) -> int: ...", [("UnsupportedParameter", 1, 13)]),
    "positional-only parameters": Case(
        "def total(a: int, b: int, /) -> int: ...", [("UnsupportedParameter", 1, 11), ("UnsupportedParameter", 1, 19)]
    ),
    "a cycle": Case("def a(b: int) -> int: ...\ndef b(a: int) -> int: ...", [("CycleError", 1, None)]),
    "a function that hides another": Case("def a() -> int: ...\n\ndef a() -> int: ...", [("OutlineWarning", 3, 1)]),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_problem_has_its_location(case):
    problems = outline({"prices.py": case.source})["problems"]
    assert [(problem["kind"], problem["line"], problem["column"]) for problem in problems] == case.marks
    assert {problem["file"] for problem in problems} == {"prices.py"}
    assert all(problem["frames"] == [] for problem in problems)


def test_a_function_with_a_problem_is_shown():
    view = outline({"a.py": "def total(price, *more: int, tax: float = 0.2): ..."})
    assert [(node["name"], node["type"]) for node in view["nodes"]] == [
        ("price", "Any"), ("tax", "float = 0.2"), ("total", "Any"),
    ]  # fmt: skip


def test_the_example_of_an_annotation_has_the_type_of_the_default():
    view = outline({"a.py": "def total(price: int, tax=0.2) -> int: ..."})
    assert "`def total(tax: float, ...)`" in view["problems"][0]["message"]


def test_an_invalid_file_does_not_affect_the_others():
    view = outline({"a.py": "def total(", "b.py": "def price(amount: int) -> int: ..."})
    assert [node["name"] for node in view["nodes"]] == ["amount", "price"]
    [problem] = view["problems"]
    assert (problem["kind"], problem["severity"], problem["file"], problem["line"]) == ("SyntaxError", "error", "a.py", 1)
    assert problem["message"] == "'(' was never closed"


def test_a_text_with_a_null_byte_is_a_problem_of_its_file():
    [problem] = outline({"a.py": "def total() -> int: ...\0"})["problems"]
    assert (problem["kind"], problem["file"], problem["line"]) == ("SyntaxError", "a.py", 1)


def test_a_text_nested_too_deeply_for_python_is_a_problem_of_its_file():
    [problem] = outline({"a.py": "x = " + "(" * 5000 + ")" * 5000})["problems"]
    assert (problem["kind"], problem["file"]) == ("SyntaxError", "a.py")


@pytest.mark.native  # the browser shares its stack with the page, so its depth is not tested
def test_an_expression_nested_too_deeply_for_python_is_a_problem_of_its_file():
    [problem] = outline({"a.py": "x = " + "-" * 100_000 + "1"})["problems"]
    assert (problem["kind"], problem["file"], problem["line"]) == ("SyntaxError", "a.py", 1)
    assert problem["message"].startswith("a.py is not valid Python: ")


def test_a_type_nested_too_deeply_is_any():
    deep = "list[" * 60 + "int" + "]" * 60
    view = outline({"a.py": f"def total() -> {deep}: ..."})
    assert [node["type"] for node in view["nodes"]] == ["Any"]
    assert view["problems"] == []


def test_names_that_grow_exponentially_are_not_resolved():
    doubling = "\n".join(f"a{number + 1} = (a{number}, a{number})" for number in range(60))
    view = outline({"a.py": f"import headwater as hw\na0 = 'x'\n{doubling}\n@hw.tag(big=a60)\ndef total() -> int: ..."})
    assert [problem["kind"] for problem in view["problems"]] == ["OutlineWarning"]


def test_a_redefinition_names_both_locations():
    view = outline({"a.py": "def a(x: int) -> int: ...\n\n\ndef a(y: int) -> int: ..."})
    assert [node["name"] for node in view["nodes"]] == ["y", "a"]
    [problem] = view["problems"]
    assert problem["severity"] == "warning"
    assert problem["message"] == (
        "`a` is defined twice, at a.py:1 and at a.py:4. Python uses the second. Rename or remove one."
    )


def test_each_cycle_is_one_problem_with_its_whole_path():
    source = """
def a(c: int) -> int: ...
def b(a: int) -> int: ...
def c(b: int) -> int: ...
def lonely(lonely: int) -> int: ...
"""
    problems = outline({"a.py": source})["problems"]
    assert [problem["kind"] for problem in problems] == ["CycleError", "CycleError"]
    assert problems[0]["message"] == (
        "The dataflow has a cycle: `a` -> `b` -> `c` -> `a`.\n  a  a.py:2\n  b  a.py:3\n  c  a.py:4\n"
        "  A node cannot depend on itself. Rename a parameter or split a function to break the cycle."
    )


def test_a_cycle_is_shown():
    view = outline({"a.py": "def a(b: int) -> int: ...\ndef b(a: int) -> int: ..."})
    assert [node["name"] for node in view["nodes"]] == ["a", "b"]
    assert sorted((edge["source"], edge["target"]) for edge in view["edges"]) == [("a", "b"), ("b", "a")]


def test_types_known_only_by_name_are_compatible_with_everything():
    source = """
import pandas as pd
def a() -> pd.Series: ...
def b(a: pd.DataFrame) -> list[pd.Series]: ...
def c(a: int, b: list[int]) -> int: ...
"""
    assert outline({"a.py": source})["problems"] == []


LONG = "y" * 500_000
WITHOUT_END = {
    "a name": f"def {LONG}() -> int: ...",
    "a name without a type": f"def {LONG}(): ...",
    "a parameter": f"def total({LONG}: int) -> int: ...",
    "a variant": f"@config.when(a=1)\ndef total__{LONG}() -> int: ...",
    "a name in a decorator": f"@parameterize({LONG}={{'x': value(1)}})\ndef total(x: int) -> int: ...",
    "a column": f"@extract_columns('{LONG}')\ndef total() -> pd.DataFrame: ...",
    "a config key": f"@config.when({LONG}=1)\ndef total() -> int: ...",
    "a config value": f"@config.when(a='{LONG}')\ndef total() -> int: ...",
    "a wrong argument": f"@extract_columns(3, '{LONG}')\ndef total() -> int: ...",
    "a tag": f"@tag({LONG}='{LONG}')\ndef total() -> int: ...",
    "a type": f"def total() -> {LONG}: ...",
    "a choice": f"def total(x: Literal['{LONG}']) -> int: ...",
    "a default": f"def total(x: str = '{LONG}') -> int: ...",
}


@pytest.mark.parametrize("source", WITHOUT_END.values(), ids=WITHOUT_END)
def test_everything_shown_has_a_limit(source):
    head = "from typing import Literal\nimport pandas as pd\nfrom headwater import *\nfrom headwater import config\n"
    view = outline({"a.py": head + source}, {"a": 1})
    assert max(map(len, _texts(view))) <= 4_000


def _texts(part: object) -> list[str]:
    match part:
        case str():
            return [part]
        case dict():
            return [text for key, value in part.items() for text in (key, *_texts(value))]
        case list():
            return [text for item in part for text in _texts(item)]
        case _:
            return [""]
