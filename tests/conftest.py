"""What the engine's tests share: modules made from source text, and the line that a function stands on."""

import linecache
import sys
import textwrap
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest

ModuleMaker = Callable[[str, str], ModuleType]


@pytest.fixture
def module(tmp_path) -> Iterator[ModuleMaker]:
    """Makes a module of a name from source text, in a real file, importable while the test runs."""
    made: list[str] = []

    def make(name: str, source: str) -> ModuleType:
        path = tmp_path / f"{name}.py"
        path.write_text(textwrap.dedent(source), encoding="utf-8")
        new = ModuleType(name)
        new.__file__ = str(path)
        sys.modules[name] = new
        made.append(name)
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), vars(new))  # noqa: S102
        return new

    yield make
    for name in made:
        del sys.modules[name]
    linecache.clearcache()
