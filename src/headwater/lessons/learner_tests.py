"""`LearnerTests`: the learner's test functions, run against the correct code and against faulty versions of it."""

from __future__ import annotations

import importlib
import inspect
import linecache
import os
import sys
import traceback
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import TYPE_CHECKING, Any

from headwater.errors import HeadwaterWarning
from headwater.lessons.assertions import EXPLAIN, explain, explain_comparisons
from headwater.lessons.failure import CheckFailure
from headwater.lessons.ignored_tests import CLASS_PREFIX, PREFIX, ignored_tests
from headwater.previews.texts import plain_text_of, type_name
from headwater.session.files import MODULE, SessionFiles, is_test_module, module_name

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
    from pathlib import Path

    from headwater.lessons.exercise import Mutant


@dataclass(frozen=True)
class LearnerTests:
    """The functions named `test_*` in files named `test_*.py`, and the methods named `test_*` in classes named `Test*`."""

    files: Mapping[str, str]
    """The learner's files."""
    start: Mapping[str, str]
    """The files at the start of the step. Their modules are correct."""
    mutants: Sequence[Mutant]

    @cached_property
    def failures(self) -> Mapping[str, str | None]:
        """The reason why each test fails on the correct code, keyed by the test's name. None for a test that passes.

        Raises:
            CheckFailure: a test module cannot be imported.
        """
        return self._failures_with({})

    @cached_property
    def ignored(self) -> tuple[str, ...]:
        """For each function that looks like a test but does not run, a sentence that says what to change."""
        return tuple(ignored_tests(self.files))

    @cached_property
    def survivors(self) -> tuple[str, ...]:
        """The faults of the mutants on which all tests pass."""
        return tuple(mutant.fault for mutant in self.mutants if not self._detect(mutant))

    def _detect(self, mutant: Mutant) -> bool:
        try:
            return any(failure is not None for failure in self._failures_with(mutant.files).values())
        except CheckFailure:  # the fault of a mutant may prevent its import
            return True

    def _failures_with(self, replaced: Mapping[str, str]) -> dict[str, str | None]:
        correct = {name: text for name, text in self.start.items() if not is_test_module(name)}
        tests = {name: text for name, text in self.files.items() if is_test_module(name)}
        files = SessionFiles()
        files.replace({**correct, **replaced, **tests})
        files.write()
        try:
            with _importable(files):
                return {name: _failure(test, files.directory) for file in tests for name, test in _tests_in(files.path(file))}
        finally:
            files.remove()


def _tests_in(file: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Execute a test module and yield its tests. Do not import the module, because pytest would rewrite its assertions."""
    module = ModuleType(file.stem)
    setattr(module, EXPLAIN, explain)
    try:
        tree = explain_comparisons(file.read_text(encoding="utf-8"), str(file))
        exec(compile(tree, file, "exec"), vars(module))  # noqa: S102 - the learner's own code
    except Exception as error:  # noqa: BLE001 - the learner's code may raise anything
        reason = _without(file.parent, plain_text_of(error))
        raise CheckFailure(f"`{file.name}` cannot be imported: {type_name(error)}: {reason}") from None
    for name, item in tuple(vars(module).items()):  # a copy, because a test may change the module's dictionary
        if getattr(item, "__module__", None) != file.stem:
            continue
        if name.startswith(PREFIX) and inspect.isfunction(item):
            yield name, item
        elif name.startswith(CLASS_PREFIX) and inspect.isclass(item) and item.__init__ is object.__init__:
            yield from _tests_of(item)


def _tests_of(class_: type) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield the tests of a class. Like pytest, create an instance for each test."""
    for name in vars(class_):
        if name.startswith(PREFIX) and inspect.isfunction(getattr(class_, name)):
            yield f"{class_.__name__}.{name}", getattr(class_(), name)


def _failure(test: Callable[..., object], directory: Path) -> str | None:
    """Run a test and return the reason why it fails, or None if it passes."""
    if parameters := list(inspect.signature(test).parameters):
        return f"it has the parameter `{parameters[0]}`, but lesson tests take no parameters"
    if inspect.iscoroutinefunction(test) or inspect.isasyncgenfunction(test):
        return "it is `async`, so calling it does not run it. Remove `async`"
    if inspect.isgeneratorfunction(test):
        return "it contains `yield`, so calling it does not run it. Remove `yield`"
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")  # the process's warning filters must not affect the result
        try:
            test()
        except Exception as error:  # noqa: BLE001 - the learner's code may raise anything
            return _without(directory, _reason(error, test.__code__.co_filename) + _warnings_in(caught))
    return None


def _reason(error: Exception, file: str) -> str:
    """Return an error's message. An assertion without a message is shown as its source line."""
    text = plain_text_of(error)
    if not isinstance(error, AssertionError):
        return f"{type_name(error)}: {text}" if text else type_name(error)
    lines = [frame.lineno or 0 for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    return text or f"`{linecache.getline(file, lines[-1]).strip() if lines else 'assert'}` is false"


def _warnings_in(caught: Sequence[warnings.WarningMessage]) -> str:
    """Return a line for each Headwater warning. A warning, such as one about a misspelled input, may explain a failure."""
    return "".join(f"\nWarning: {warning.message}" for warning in caught if issubclass(warning.category, HeadwaterWarning))


def _without(directory: Path, text: str) -> str:
    """Return text without the path of the directory, which is different in each run."""
    return text.replace(f"{directory}{os.sep}", "")


@contextmanager
def _importable(files: SessionFiles) -> Generator[None]:
    """Make the modules in a directory importable. At the end, remove them from `sys.modules`."""
    names = {module_name(name) for name in files.texts if name.endswith(MODULE)}
    hidden: dict[str, Any] = {name: sys.modules.pop(name) for name in names & sys.modules.keys()}
    writes_bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    directory = str(files.directory)
    sys.path.insert(0, directory)
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(directory)
        sys.path_importer_cache.pop(directory, None)
        sys.dont_write_bytecode = writes_bytecode
        for name in names:
            sys.modules.pop(name, None)
        sys.modules.update(hidden)
