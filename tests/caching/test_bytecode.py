"""Names and digests of compiled code."""

from __future__ import annotations

import dis
import json
import os.path
import textwrap
from types import CodeType, FunctionType
from typing import Any

import pytest

from headwater.caching.bytecode import Import, code_digest, names_read, with_nested


def code_of(source: str) -> CodeType:
    namespace: dict[str, Any] = {}
    exec(textwrap.dedent(source), namespace)  # noqa: S102 - the test's own code
    code: CodeType = namespace["f"].__code__
    return code


class Everything:
    def __contains__(self, name: object) -> bool:
        return True


def paths(source: str) -> set[tuple[str, ...]]:
    return set(names_read(code_of(source), Everything()).paths)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(x): return x", set()),
        ("def f(x): return RATE * x", {("RATE",)}),
        ("def f(x): return a.b.c(x)", {("a", "b", "c")}),
        ("def f(x): return x.RATE", set()),
        ("def f(x):\n    def g(): return RATE\n    return g()", {("RATE",)}),
        ("def f(x): return [RATE for _ in x]", {("RATE",)}),
        ("def f(x):\n    class A:\n        y = RATE\n    return A", {("RATE",), ("__name__",)}),
        ("def f(x): return (lambda: a.b)()", {("a", "b")}),
        ("def f(x): return max(a.b(c.d), e)", {("max",), ("a", "b"), ("c", "d"), ("e",)}),
    ],
    ids=lambda value: str(value).replace("\n", " ") if isinstance(value, str) else None,
)
def test_names_with_the_attributes_that_are_read_from_them(source: str, expected: set[tuple[str, ...]]) -> None:
    assert paths(source) == expected


def test_imports_inside_functions() -> None:
    source = """
    def f(x):
        import a.b
        import a.b.c as b
        import a as b
        from c import d, e
        from . import g
        from ..h import i
    """
    assert names_read(code_of(source), ()).imports == (
        Import("a.b", 0, None, binds_package=True),
        Import("a.b.c", 0, None),
        Import("a", 0, None),
        Import("c", 0, ("d", "e")),
        Import("", 1, ("g",)),
        Import("h", 2, ("i",)),
    )


def test_names_that_a_function_rebinds() -> None:
    assert names_read(code_of("def f(x):\n    global COUNT\n    COUNT += 1"), Everything()).rebound == {"COUNT"}


@pytest.mark.interpreter
def test_instructions_are_read_as_dis_reads_them() -> None:
    functions = [
        value
        for module in (json, os.path, textwrap, dis, pytest)
        for value in vars(module).values()
        if type(value) is FunctionType
    ]
    functions += [value for value in vars(json.JSONEncoder).values() if type(value) is FunctionType]
    assert len(functions) > 50
    for function in functions:
        expected = {
            instruction.argval
            for code in with_nested(function.__code__)
            for instruction in dis.get_instructions(code)
            if instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS")
        }
        read = names_read(function.__code__, Everything())
        assert {path[0] for path in read.paths} == expected, function
        attributes = {name for code in with_nested(function.__code__) for name in code.co_names}
        assert {name for path in read.paths for name in path[1:]} <= attributes
        modules = {
            instruction.argval
            for code in with_nested(function.__code__)
            for instruction in dis.get_instructions(code)
            if instruction.opname == "IMPORT_NAME"
        }
        assert {imported.module for imported in read.imports} == modules


def test_a_long_function_has_extended_arguments() -> None:
    body = "\n".join(f"    x += NAME_{number}" for number in range(300))
    assert paths(f"def f(x):\n{body}") == {(f"NAME_{number}",) for number in range(300)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("return x + 1", "return x + 2"),
        ("return x + 1", "return x + 1.0"),
        ("return x + 1", "return x + True"),
        ("return x or 0.0", "return x or -0.0"),
        ("return x + 1", "return x - 1"),
        ("return x.a", "return x.b"),
        ("return x in {1, 2}", "return x in {1, 3}"),
        ("return (lambda: 1)()", "return (lambda: 2)()"),
        ("return 'a'", "return b'a'"),
        ("return 10**30", "return 10**31"),
        (
            "try:\n        return x\n    except ValueError:\n        pass",
            "try:\n        return x\n    except TypeError:\n        pass",
        ),
    ],
)
def test_a_digest_changes_with_what_code_does(one: str, other: str) -> None:
    assert code_digest(code_of(f"def f(x):\n    {one}")) != code_digest(code_of(f"def f(x):\n    {other}"))


def test_a_digest_does_not_change_with_docstrings_layout_and_local_names() -> None:
    one = 'def f(x):\n    "One."\n    y = x + 1  # comment\n    def g():\n        "Inner."\n        return y\n    return g'
    other = '\n\ndef f(x):\n    "2."\n    y = (x +\n      1)\n    def g():\n        "Changed."\n        return y\n    return g'
    assert code_digest(code_of(one)) == code_digest(code_of(other))
    assert code_digest(code_of("def f(x):\n    y = x\n    return y")) == code_digest(
        code_of("def f(x):\n    z = x\n    return z")
    )


def test_a_string_that_is_returned_is_not_a_docstring() -> None:
    assert code_digest(code_of("def f(x):\n    return 'one'")) != code_digest(code_of("def f(x):\n    return 'two'"))
