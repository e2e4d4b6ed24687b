"""Tests of all values of a run, for a project: what each node came to, computed anew by the project's own driver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from headwater.errors import NotWritable
from headwater.execution.recording import Recording
from headwater.export.checks import check_lines
from headwater.export.data_files import DataFiles
from headwater.export.imports import import_lines, split_imports
from headwater.literals.code import BracketGroup, call, identifier, lines, text_code, unique_name
from headwater.literals.libraries import library_entry
from headwater.literals.literals import Literals

FOLDER = "tests"


@dataclass(frozen=True, slots=True)
class ValueTests:
    """Tests, the files that they read, and what they leave out."""

    files: Mapping[str, str]
    untested: Mapping[str, str]
    """Why there is no test of a node, by its name."""
    tested: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Expectation:
    """What one value is compared with; two runs that come to the same are the same here."""

    checks: tuple[str, ...]
    imports: Mapping[str, str]
    files: object
    """A snapshot of the data files, with those of this value."""


def value_tests(recording: Recording, again: Mapping[str, Any], runner: str) -> ValueTests:
    """A test for each node of the run that can be tested.

    Args:
        recording: the run.
        again: the values of a second run: what came out otherwise cannot be tested.
        runner: the module with the project's `build` and its `INPUTS`.
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
            untested[name] = "it failed, or something that it needs did"
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
        if name not in again or _differs(name, again[name], expectation, files):
            files.restore(before)
            untested[name] = "a second run came to another value"
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
    """What a value is compared with: a table that can be a file is one, however short."""
    subject = f"values[{text_code(name)}]"
    kind = library_entry(type(value), "FILERS") and ("frame" if hasattr(value, "columns") else "series")
    if kind:
        literals = Literals(files)
        try:
            with literals.attempt():
                read = literals.file_piece(value, name)
        except NotWritable:
            pass  # then as code
        else:
            function = literals.name("pandas.testing", f"assert_{kind}_equal")
            checks = [*lines(read, before="expected = "), *lines(call(function, subject, "expected"))]
            return _Expectation(tuple(checks), literals.imports, files.snapshot())
    literals = Literals(files)
    return _Expectation(tuple(check_lines(subject, value, literals, name)), literals.imports, files.snapshot())


def _differs(name: str, value: Any, expectation: _Expectation, files: DataFiles) -> bool:
    try:
        return _expectation(name, value, files) != expectation
    except NotWritable:
        return True


def _head(tested: list[str], used: Mapping[str, str], runner: str, files: DataFiles, *, recording: Recording) -> list[str]:
    imports = {**used, "pytest": "import pytest", "Any": "from typing import Any", "runner": f"import {runner}"}
    given = f"inputs={runner}.INPUTS" + (f", overrides={runner}.OVERRIDES" if recording.overrides else "")
    computed = f"{runner}.build().execute(TESTED, {given})"
    body = [f"    return {computed}"]
    if recording.data:
        imports["chdir"] = "from contextlib import chdir"
        body = [f"    with chdir({runner}.DATAFLOW):  # where the data files are", f"        return {computed}"]
    beside, others = split_imports(imports.values(), recording.sources)
    return [
        '"""The values that a run in the playground came to, against those that this project computes."""',
        "",
        *import_lines(others, {runner}),
        *(["", f"# Found from here once `{runner}` is imported.", *import_lines(beside)] if beside else []),
        "",
        *files.head(),
        *lines(BracketGroup("[", tuple(map(text_code, tested)), "]"), before="TESTED = "),
        "",
        "",
        '@pytest.fixture(scope="module")',
        "def values() -> dict[str, Any]:",
        '    """Every tested value, computed anew."""',
        *body,
        "",
        "",
        "def test_the_dataflow_has_all_that_its_outputs_need() -> None:",
        f"    {runner}.build().validate_execution({runner}.OUTPUTS, {given})",
    ]
