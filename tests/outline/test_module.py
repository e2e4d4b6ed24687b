"""The functions in source text that are nodes, and their properties."""

from dataclasses import dataclass, field

import pytest

from headwater.outline import outline


@dataclass
class Case:
    """Source text, and the names of its function nodes."""

    source: str
    functions: list[str] = field(default_factory=list)


CASES = {
    "nothing": Case(""),
    "a public function": Case("def total() -> int: ...", ["total"]),
    "functions in source order": Case("def b() -> int: ...\ndef a() -> int: ...", ["b", "a"]),
    "a private function": Case("def _total() -> int: ..."),
    "a function within a function": Case("def total() -> int:\n    def inner() -> int: ...\n    return 1", ["total"]),
    "a method": Case("class Price:\n    def total(self) -> int: ..."),
    "a lambda": Case("total = lambda: 1"),
    "an imported function": Case("from prices import total"),
    "within `if`": Case("import sys\nif sys.argv:\n    def total() -> int: ...", ["total"]),
    "within `try`": Case("try:\n    def total() -> int: ...\nexcept ImportError:\n    pass", ["total"]),
    "within `with`": Case("with open('x'):\n    def total() -> int: ...", ["total"]),
    "within `match`": Case("match 1:\n    case 1:\n        def total() -> int: ...", ["total"]),
    "within a loop": Case("while True:\n    def total() -> int: ...\n    break", ["total"]),
    "for type checkers only": Case("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    def total() -> int: ..."),
    "instead of the branch for type checkers": Case(
        "import typing\nif typing.TYPE_CHECKING:\n    pass\nelse:\n    def total() -> int: ...", ["total"]
    ),
    "for the main program only": Case('if __name__ == "__main__":\n    def total() -> int: ...'),
    "always": Case("if True:\n    def total() -> int: ...\nelse:\n    def never() -> int: ...", ["total"]),
    "never": Case("if False:\n    def total() -> int: ..."),
    "deleted": Case("def total() -> int: ...\ndel total"),
    "another object with the same name": Case("def total() -> int: ...\ntotal = 3"),
    "a class with the same name": Case("def total() -> int: ...\nclass total: ..."),
    "a second name for a function": Case("def total() -> int: ...\nsum = total", ["total"]),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_which_functions_are_nodes(case):
    view = outline({"prices.py": case.source})
    assert [node["name"] for node in view["nodes"] if node["kind"] == "function"] == case.functions
    assert view["problems"] == []


def test_inputs_come_before_the_first_function_that_uses_them():
    view = outline({"prices.py": "def a(x: int) -> int: ...\ndef b(a: int, y: str, x: int) -> int: ..."})
    assert [(node["name"], node["kind"]) for node in view["nodes"]] == [
        ("x", "input"), ("a", "function"), ("y", "input"), ("b", "function"),
    ]  # fmt: skip


def test_every_part_of_a_node_is_outlined():
    source = '''
import pandas as pd

def rolling(
    temperature: pd.Series, window: int = 14
) -> pd.Series:
    """Smoothed.

    Over `window` days.
    """
    return temperature
'''
    view = outline({"flows/features.py": source})
    assert view["nodes"][2] == {
        "name": "rolling",
        "kind": "function",
        "type": "Series",
        "doc": "Smoothed.\n\nOver `window` days.",
        "tags": {},
        "function": "rolling",
        "module": "flows.features",
        "file": "flows/features.py",
        "line": 4,
        "end": 11,
        "output": True,
        "field": {"kind": "table", "choices": [], "default": None},
    }
    assert view["nodes"][1] == {
        "name": "window",
        "kind": "input",
        "type": "int = 14",
        "doc": "",
        "tags": {},
        "function": None,
        "module": None,
        "file": None,
        "line": None,
        "end": None,
        "output": False,
        "field": {"kind": "int", "choices": [], "default": "14"},
    }
    assert view["edges"] == [
        {"source": "temperature", "target": "rolling", "optional": False},
        {"source": "window", "target": "rolling", "optional": True},
    ]


def test_used_config_values_are_nodes_and_replace_functions():
    view = outline({"a.py": "def a(x: int) -> int: ...\ndef b(a: int) -> int: ..."}, {"x": 3, "a": 4, "unread": 5})
    assert [(node["name"], node["kind"], node["type"]) for node in view["nodes"]] == [
        ("a", "config", "int = 4"), ("b", "function", "int"), ("x", "config", "int = 3"),
    ]  # fmt: skip


def test_only_python_files_are_read():
    files = {"weather.csv": "def total() -> int: ...", "notes.txt": "def", "a.py": "def a() -> int: ..."}
    view = outline(files)
    assert [node["name"] for node in view["nodes"]] == ["a"]
    assert view["problems"] == []


def test_a_byte_order_mark_and_windows_line_endings_are_accepted():
    view = outline({"a.py": "\ufeffdef a() -> int:\r\n    return 1\r\n"})
    assert [(node["name"], node["line"], node["end"]) for node in view["nodes"]] == [("a", 1, 2)]
    assert view["problems"] == []
