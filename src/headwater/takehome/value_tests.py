"""Tests of all values of a run, for a project: what each node came to, computed anew by the project's own driver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from headwater.errors import NotWritable
from headwater.takehome.checks import check_lines
from headwater.takehome.code import Group, call, free_name, identifier, lines, text_code
from headwater.takehome.imports import import_lines, split_imports
from headwater.takehome.literals import Literals, of_library
from headwater.takehome.recording import Recording
from headwater.takehome.safe_names import file_stem

FOLDER = "tests"


@dataclass(frozen=True, slots=True)
class ValueTests:
    """Tests, the files that they read, and what they leave out."""

    files: Mapping[str, str]
    left_out: Mapping[str, str]
    """Why there is no test of a node, by its name."""
    tested: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Expectation:
    """What one value is compared with; two runs that come to the same are the same here."""

    checks: tuple[str, ...]
    text: str | None
    """The text of the file that holds the value, if one does."""
    imports: Mapping[str, str]


def value_tests(recording: Recording, again: Mapping[str, Any], runner: str) -> ValueTests:
    """A test for each node of the run that can be tested.

    Args:
        recording: the run.
        again: the values of a second run: what came out otherwise cannot be tested.
        runner: the module with the project's `build` and its `INPUTS`.
    """
    imports: dict[str, str] = {}
    files: dict[str, str] = {}
    left_out: dict[str, str] = {}
    functions: list[str] = []
    tested: list[str] = []
    stems: set[str] = set()
    file_stems: set[str] = set()
    for node in recording.graph.upstream(recording.outputs, given=recording.overrides):
        name = node.name
        if node.kind != "function" or name in recording.overrides:
            continue
        if name not in recording.values:
            left_out[name] = "it failed, or something that it needs did"
            continue
        stem = free_name(identifier(name), stems)
        file = f"{file_stem(name, file_stems)}.csv"
        try:
            expectation = _expectation(name, file, recording.values[name])
        except NotWritable as error:
            left_out[name] = error.message
            continue
        if name not in again or _differs(name, file, again[name], expectation):
            left_out[name] = "a second run came to another value"
            continue
        tested.append(name)
        stems.add(stem)
        imports |= expectation.imports
        functions += ["", "", f"def test_{stem}(values: dict[str, Any]) -> None:"]
        functions += [f"    {line}" for line in expectation.checks]
        if expectation.text is not None:
            file_stems.add(file.removesuffix(".csv"))
            files[f"{FOLDER}/values/{file}"] = expectation.text
    head = _head(tested, imports, runner, reads=bool(files), recording=recording)
    text = "\n".join([*head, *functions, ""])
    return ValueTests({f"{FOLDER}/test_values.py": text, **files}, left_out, tuple(tested))


def _expectation(name: str, file: str, value: Any) -> _Expectation:
    """What a value is compared with: a file where it can be one, else code."""
    subject = f"values[{text_code(name)}]"
    filer = of_library(type(value), "FILERS")
    if filer is not None:
        literals = Literals()
        try:
            text, read = filer(value, f"VALUES / {text_code(file)}", literals)
        except NotWritable:
            pass  # then as code, or its first rows
        else:
            kind = "frame" if hasattr(value, "columns") else "series"
            literals.name("pandas.testing", f"assert_{kind}_equal")
            checks = [*lines(read, before="expected = "), *lines(call(f"assert_{kind}_equal", subject, "expected"))]
            return _Expectation(tuple(checks), text, literals.imports)
    literals = Literals()
    return _Expectation(tuple(check_lines(subject, value, literals)), None, literals.imports)


def _differs(name: str, file: str, value: Any, expectation: _Expectation) -> bool:
    try:
        return _expectation(name, file, value) != expectation
    except NotWritable:
        return True


def _head(tested: list[str], used: Mapping[str, str], runner: str, *, reads: bool, recording: Recording) -> list[str]:
    imports = {**used, "pytest": "import pytest", "Any": "from typing import Any", "runner": f"import {runner}"}
    place: list[str] = []
    if reads:
        imports["Path"] = "from pathlib import Path"
        place.append('VALUES = Path(__file__).parent / "values"')
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
        *place,
        *lines(Group("[", tuple(map(text_code, tested)), "]"), before="TESTED = "),
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
