"""The tests in an exported project, which cover all values in a run. The project's driver computes each node again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from headwater.errors import NotWritable
from headwater.execution.recording import Recording
from headwater.export.asynchronous import needs_async_driver
from headwater.export.checks import check_lines
from headwater.export.data_files import DataFiles
from headwater.literals.code import BracketGroup, call, identifier, lines, text_code, unique_name
from headwater.literals.imports import import_lines, split_imports
from headwater.literals.libraries import library_entry
from headwater.literals.literals import Literals

FOLDER = "tests"


@dataclass(frozen=True, slots=True)
class ValueTests:
    """Tests, their data files, and the nodes without a test."""

    files: Mapping[str, str]
    untested: Mapping[str, str]
    """Reasons why nodes are not tested, keyed by name."""
    tested: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Expectation:
    """The assertions about a value.

    Equal values have equal assertions, so comparing assertions compares the values of two runs.
    """

    checks: tuple[str, ...]
    imports: Mapping[str, str]
    files: object
    """A snapshot of the data files, including this value's files."""


def value_tests(recording: Recording, rerun: Mapping[str, Any], runner: str) -> ValueTests:
    """Return a test for each testable node in the run.

    Args:
        recording: the run.
        rerun: the values of a second run. Values that differ cannot be tested.
        runner: the name of the project's module that defines `build` and `INPUTS`.
    """
    imports: dict[str, str] = {}
    files = DataFiles("values")
    untested: dict[str, str] = {}
    functions: list[str] = []
    tested: list[str] = []
    stems: set[str] = set()
    for node in recording.graph.upstream(recording.outputs, provided=recording.overrides):
        name = node.name
        if node.kind != "function" or name in recording.overrides:
            continue
        if name not in recording.values:
            untested[name] = "it failed, or an upstream node failed"
            continue
        stem = unique_name(identifier(name), stems)
        before = files.snapshot()
        try:
            expectation = _expectation(name, recording.values[name], files)
        except NotWritable as error:
            files.restore(before)
            untested[name] = error.message
            continue
        files.restore(before)
        if name not in rerun or _differs(name, rerun[name], expectation, files):
            files.restore(before)
            untested[name] = "a second run computed a different value"
            continue
        tested.append(name)
        stems.add(stem)
        imports |= expectation.imports
        functions += ["", "", f"def test_{stem}(values: dict[str, Any]) -> None:"]
        functions += [f"    {line}" for line in expectation.checks]
    head = _head(tested, {**imports, **files.imports()}, runner, files, recording=recording)
    text = "\n".join([*head, *functions, ""])
    data = {f"{FOLDER}/{files.folder}/{file}": content for file, content in files.texts.items()}
    return ValueTests({f"{FOLDER}/test_values.py": text, **data}, untested, tuple(tested))


def _expectation(name: str, value: Any, files: DataFiles) -> _Expectation:
    """Return the assertions about a value. A table of any length is stored in a file if possible."""
    subject = f"values[{text_code(name)}]"
    kind = library_entry(type(value), "FILERS") and ("frame" if hasattr(value, "columns") else "series")
    if kind:
        literals = Literals(files)
        try:
            with literals.attempt():
                read = literals.file_piece(value, name)
        except NotWritable:
            pass  # no file format fits, so write the value as code
        else:
            function = literals.name("pandas.testing", f"assert_{kind}_equal")
            checks = [*lines(read, before="expected = "), *lines(call(function, subject, "expected"))]
            return _Expectation(tuple(checks), literals.imports, files.snapshot())
    literals = Literals(files)
    return _Expectation(tuple(check_lines(subject, value, literals, name)), literals.imports, files.snapshot())


def execution(driver: str, outputs: str, provided: str, *, is_async: bool) -> str:
    """Return the code that runs a project's driver."""
    execute = f"{driver}.execute({outputs}, {provided})"
    return f"asyncio.run({execute})" if is_async else execute


def _differs(name: str, value: Any, expectation: _Expectation, files: DataFiles) -> bool:
    try:
        return _expectation(name, value, files) != expectation
    except NotWritable:
        return True


def _head(
    tested: list[str], test_imports: Mapping[str, str], runner: str, files: DataFiles, *, recording: Recording
) -> list[str]:
    imports = {**test_imports, "pytest": "import pytest", "Any": "from typing import Any", "runner": f"import {runner}"}
    arguments = f"inputs={runner}.INPUTS" + (f", overrides={runner}.OVERRIDES" if recording.overrides else "")
    is_async = needs_async_driver(recording.graph.upstream(recording.outputs, provided=recording.overrides))
    if is_async:
        imports["asyncio"] = "import asyncio"
    execute = execution(f"{runner}.build()", "TESTED", arguments, is_async=is_async)
    body = [f"    return {execute}"]
    if recording.data:
        imports["chdir"] = "from contextlib import chdir"
        body = [f"    with chdir({runner}.DATAFLOW):  # where the data files are", f"        return {execute}"]
    dataflow, others = split_imports(imports.values(), recording.sources)
    return [
        '"""Compare the values that this project computes with those of a run in the playground."""',
        "",
        *import_lines(others, {runner}),
        *(["", f"# `{runner}` makes these modules importable.", *import_lines(dataflow)] if dataflow else []),
        "",
        *files.head(),
        *lines(BracketGroup("[", tuple(map(text_code, tested)), "]"), before="TESTED = "),
        "",
        "",
        '@pytest.fixture(scope="module")',
        "def values() -> dict[str, Any]:",
        '    """Compute all tested values."""',
        *body,
        "",
        "",
        "def test_outputs_can_be_computed() -> None:",
        f"    {runner}.build().validate_execution({runner}.OUTPUTS, {arguments})",
    ]
