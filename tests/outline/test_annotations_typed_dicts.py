"""Annotations in source text that use typed dictionaries, converted to types."""

import pytest

from headwater.outline import outline

HEAD = "from typing import NotRequired, Optional, TypedDict\nimport headwater as hw\n"


def types_of(files: str | dict[str, str]) -> dict[str, str]:
    view = outline(files if isinstance(files, dict) else {"a.py": HEAD + files})
    assert view["problems"] == []
    return {node["name"]: node["type"] for node in view["nodes"]}


FIELDS = "@hw.extract_fields()\ndef f() -> A: ...\n"
TYPED_DICTS = {
    "a class": ("class A(TypedDict):\n    x: int\n    y: 'str | None'\n", {"x": "int", "y": "str | None"}),
    "optional fields": ("class A(TypedDict, total=False):\n    x: NotRequired[Optional[int]]\n", {"x": "int | None"}),
    "a base": ("class B(TypedDict):\n    x: int\nclass A(B):\n    y: str\n", {"x": "int", "y": "str"}),
    "a call": ("A = TypedDict('A', {'x': int, 'the y': float})\n", {"x": "int", "the y": "float"}),
    "types from libraries": (
        "import pandas as pd\nclass A(TypedDict):\n    x: pd.Series\n    y: list[pd.Series]\n",
        {"x": "Series", "y": "list[Series]"},
    ),
    "itself": ("class A(TypedDict):\n    x: list['A']\n    y: 'A'\n", {"x": "list[A]", "y": "A"}),
    "mutual references": ("class A(TypedDict):\n    x: 'B'\nclass B(TypedDict):\n    y: A\n", {"x": "B"}),
    "an unknown type": ("class A(TypedDict):\n    x: (lambda: 1)\n", {"x": "Any"}),
    "another name": ("class B(TypedDict):\n    x: int\nA = B\n", {"x": "int"}),
}  # fmt: skip


@pytest.mark.parametrize(("code", "fields"), TYPED_DICTS.values(), ids=TYPED_DICTS)
def test_the_fields_of_a_typed_dict_are_nodes(code, fields):
    found = types_of(code + FIELDS)
    del found["f"]
    assert found == fields


def test_a_typed_dict_may_come_from_another_module():
    kinds = "from typing import TypedDict\nclass A(TypedDict):\n    x: int\nFloats = dict[str, float]\n"
    flow = "import headwater as hw\nimport kinds\nfrom kinds import A, Floats\n"
    flow += f"{FIELDS}def g(f: kinds.A) -> Floats: ...\ndef h(g: dict[str, float], x: int) -> A: ...\n"
    assert types_of({"kinds.py": kinds, "flow.py": flow}) == {
        "f": "A", "x": "int", "g": "dict[str, float]", "h": "A"
    }  # fmt: skip


OPEN = {
    "from a library": "from library import A\n",
    "with a base from a library": "from library import B\nclass A(B):\n    x: int\n",
    "decorated": "import library\n@library.changed\nclass A(TypedDict):\n    x: int\n",
    "defined twice": "class A(TypedDict):\n    x: int\nclass A(TypedDict):\n    y: int\n",
    "in branches": "import os\nif os.name:\n    class A(TypedDict):\n        x: int\nelse:\n    A = dict\n",
    "itself as base": "class A(A):\n    x: int\n",
    "a cycle of bases": "class A(B):\n    x: int\nclass B(A):\n    y: int\n",
    "with computed fields": "A = TypedDict('A', dict(x=int))\n",
    "with fields that are not names": "A = TypedDict('A', {1: int})\n",
}


@pytest.mark.parametrize("code", OPEN.values(), ids=OPEN)
def test_unknown_fields_are_reported(code):
    view = outline({"a.py": HEAD + code + FIELDS})
    line = (HEAD + code).count("\n") + 2
    assert [(problem["severity"], problem["message"]) for problem in view["problems"]] == [
        (
            "warning",
            f"`f` (a.py:{line}): the fields of its return type are known only at run time. The graph shows the plain function.",
        )
    ]
    assert [node["name"] for node in view["nodes"]] == ["f"]


BOMBS = {
    "generic types": "\n".join(f"T{n} = dict[T{n + 1}, T{n + 1}]" for n in range(60)) + "\nT60 = int\ndef f() -> T0: ...\n",
    "unions": "\n".join(f"T{n} = T{n + 1} | list[T{n + 1}]" for n in range(60)) + "\nT60 = int\ndef f() -> T0: ...\n",
    "typed dicts": "\n".join(f"class T{n}(TypedDict):\n    a: dict[T{n + 1}, T{n + 1}]" for n in range(90))
    + "\ndef f() -> T0: ...\n",
    "quoted annotations": "def f() -> '" + "list[" * 5_000 + "int" + "]" * 5_000 + "': ...\n",
}


@pytest.mark.parametrize("code", BOMBS.values(), ids=BOMBS)
def test_types_that_grow_exponentially_end(code):
    assert len(types_of(code)["f"]) < 4_000
