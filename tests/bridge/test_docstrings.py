"""Docstrings are stripped from modules and restored."""

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SOURCE = Path(__file__).parents[2] / "playground/src/runtime/docstrings.py"
DOCUMENTED = '''
"""The module."""

from os.path import join

def function():
    """The function."""
    return 1

def same():
    """Both the docstring and the value."""
    return "Both the docstring and the value."

def undocumented():
    return "a value"

class Outer:
    """The class."""

    def method(self):
        """The method."""

    @property
    def prop(self):
        """The property."""
        return 2

    @staticmethod
    def static():
        """The static method."""

    @classmethod
    def of_class(cls):
        """The class method."""

    class Inner:
        """The inner class."""

        def method(self):
            """The inner method."""

class Child(Outer):
    inherited = Outer.method
'''
OBJECTS = (
    "function",
    "same",
    "Outer",
    "Outer.method",
    "Outer.prop",
    "Outer.prop.fget",
    "Outer.static",
    "Outer.of_class",
    "Outer.Inner",
    "Outer.Inner.method",
)


@pytest.fixture
def docstrings() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docstrings", SOURCE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def documented(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Return a module that is the only one in `sys.modules` while the test runs."""
    module = ModuleType("documented")
    exec(DOCUMENTED, vars(module))  # noqa: S102 - the test's own code
    with monkeypatch.context() as patched:
        patched.setattr(sys, "modules", {"documented": module})
        yield module


def find(module: ModuleType, path: str) -> Any:
    if path == "Outer.prop":
        return vars(module.Outer)["prop"]
    if path == "Outer.prop.fget":
        return vars(module.Outer)["prop"].fget
    found: Any = module
    for name in path.split("."):
        found = getattr(found, name)
    return found


def test_docstrings_are_stripped_and_restored(docstrings: ModuleType, documented: ModuleType) -> None:
    before = {path: find(documented, path).__doc__ for path in OBJECTS}
    assert all(before.values())

    text = docstrings.strip()
    assert {path: find(documented, path).__doc__ for path in OBJECTS} == dict.fromkeys(OBJECTS)
    assert documented.__doc__ is None
    assert "The method." not in documented.Outer.method.__code__.co_consts

    docstrings.restore(text)
    assert {path: find(documented, path).__doc__ for path in OBJECTS} == before
    assert documented.__doc__ == "The module."


def test_functions_return_the_same_values_without_docstrings(docstrings: ModuleType, documented: ModuleType) -> None:
    docstrings.strip()
    assert documented.function() == 1
    assert documented.same() == "Both the docstring and the value."
    assert documented.undocumented() == "a value"
    assert documented.Outer().prop == 2


def test_functions_of_other_modules_are_left_out(docstrings: ModuleType, documented: ModuleType) -> None:
    stripped = json.loads(docstrings.strip())
    assert "join" not in stripped["documented"]
    assert documented.join.__doc__


def test_a_docstring_set_meanwhile_is_kept(docstrings: ModuleType, documented: ModuleType) -> None:
    text = docstrings.strip()
    documented.function.__doc__ = "Mine."
    del documented.Outer.Inner
    del vars(documented)["same"]
    docstrings.restore(text)
    assert documented.function.__doc__ == "Mine."
    assert documented.Outer.__doc__ == "The class."


def test_a_module_that_was_removed_is_skipped(docstrings: ModuleType, documented: ModuleType) -> None:
    text = docstrings.strip()
    del sys.modules["documented"]
    docstrings.restore(text)
    assert documented.function.__doc__ is None
