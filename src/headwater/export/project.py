"""A dataflow as a project: modules, data, a program that runs it, tests for its values, and requirements."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import headwater
from headwater.errors import NotWritable
from headwater.execution.recording import Recording
from headwater.export.asynchronous import needs_async_driver
from headwater.export.packages import requirement_name, requirements
from headwater.export.safe_names import FOLDER, refuse_unsafe_names
from headwater.export.titles import clean_title, docstring, folder_name, markdown_code, markdown_text
from headwater.export.value_tests import ValueTests, execution, value_tests
from headwater.literals.code import BracketGroup, LabeledPiece, lines, text_code, unique_name
from headwater.literals.imports import import_lines, split_imports
from headwater.literals.literals import Literals, unwritable
from headwater.session import Session

_RUNNER_NAMES: Final = frozenset(
    {"Any", "AsyncDriver", "Builder", "Driver", "Path", "asyncio", "chdir", "sys"}
    | {"CONFIG", "DATAFLOW", "INPUTS", "OUTPUTS", "OVERRIDES", "build", "main", "name", "value", "values"}
)
"""Names that the program defines. Modules with these names must be imported under other names."""


@dataclass(frozen=True, slots=True)
class Project:
    """The files of a project, keyed by path relative to the project's folder."""

    name: str
    """The name of the folder."""
    files: Mapping[str, str]
    untested: Mapping[str, str]
    """Reasons why values are not tested, keyed by node name."""


def project(recording: Recording, *, title: str, link: str | None = None, engine: str | None = None) -> Project:
    """Return a project that repeats a run and tests that the values are the same.

    The dataflow runs a second time in a separate session. Values that differ are not tested.

    Modules and data are in a separate folder, where neither pip nor pytest looks for configuration. The files may come from a
    link, so pip and pytest must not interpret them as their own configuration or tests.

    Args:
        recording: the run.
        title: the title of the dataflow.
        link: the URL from which the dataflow was opened.
        engine: the requirement that installs Headwater; by default, this version.

    Raises:
        NotWritable: if an input cannot be written as code, or a file name is not allowed in a project.
    """
    modules = {f"{module}.py": text for module, text in recording.sources.items()}
    refuse_unsafe_names([*modules, *recording.data])
    title, name = clean_title(title), folder_name(title)
    runner = unique_name("run", set(recording.sources), suffix="_dataflow")
    tests = value_tests(recording, _second_run(recording), runner)
    dependencies = [engine or f"headwater=={headwater.__version__}", *requirements(recording.sources)]
    files = {
        "README.md": _readme(recording, title, link, runner, tests),
        "pyproject.toml": _pyproject(_distribution_name(name, dependencies), title, dependencies),
        f"{runner}.py": _runner(recording, title),
        **{f"{FOLDER}/{file}": text for file, text in {**modules, **recording.data}.items()},
        **tests.files,
    }
    return Project(name, files, tests.untested)


def _second_run(recording: Recording) -> Mapping[str, Any]:
    with Session() as session:
        modules = {f"{module}.py": text for module, text in recording.sources.items()}
        session.update(
            {**modules, **recording.data}, config=recording.config, inputs=recording.inputs, overrides=recording.overrides
        )
        session.run(recording.outputs)
        return session.recording().values


# --- the program ------------------------------------------------------------------------------------------------------


def _runner(recording: Recording, title: str) -> str:
    literals = Literals()
    is_async = needs_async_driver(recording.graph.upstream(recording.outputs, provided=recording.overrides))
    driver, build = ("AsyncDriver", "build_async") if is_async else ("Driver", "build")
    literals.imports |= {
        "Any": "from typing import Any",
        "Builder": "from headwater import Builder",
        driver: f"from headwater import {driver}",
    }
    if is_async:
        literals.imports["asyncio"] = "import asyncio"
    literals.imports |= {"sys": "import sys", "Path": "from pathlib import Path"}
    used_names = set(_RUNNER_NAMES)
    modules: list[str] = []
    for module in recording.sources:
        alias = unique_name(module, used_names, suffix="_module")
        used_names.add(alias)
        modules.append(alias)
        literals.imports[alias] = f"import {module}" if alias == module else f"import {module} as {alias}"
    inputs = lines(_dictionary(recording.inputs, literals), before="INPUTS: dict[str, Any] = ")
    config = lines(_dictionary(recording.config, literals), before="CONFIG: dict[str, Any] = ")
    outputs = lines(BracketGroup("[", tuple(map(text_code, recording.outputs)), "]"), before="OUTPUTS = ")
    overrides: list[str] = []
    if recording.overrides:
        overrides = lines(_dictionary(recording.overrides, literals), before="OVERRIDES: dict[str, Any] = ")
    provided = f"inputs=INPUTS{', overrides=OVERRIDES' if overrides else ''}"
    main = [
        f"values = {execution('build()', 'OUTPUTS', provided, is_async=is_async)}",
        "for name, value in values.items():",
        '    print(f"{name}:\\n{value}\\n")',
    ]
    if recording.data:
        literals.imports["chdir"] = "from contextlib import chdir"
        main[0] = f"    {main[0]}"
        main.insert(0, "with chdir(DATAFLOW):  # where the data files are")
    dataflow, others = split_imports(literals.imports.values(), recording.sources)
    return "\n".join(
        [
            docstring(f"{title}: compute and print the outputs."),
            "",
            *import_lines(others),
            "",
            f'DATAFLOW = Path(__file__).resolve().parent / "{FOLDER}"',
            "sys.path.append(str(DATAFLOW))  # last, so that this folder cannot shadow installed modules",
            "",
            *(f"{line}  # noqa: E402" if line.startswith(("import ", "from ")) else line for line in import_lines(dataflow)),
            "",
            *inputs,
            *config,
            *overrides,
            *outputs,
            "",
            "",
            f"def build() -> {driver}[dict[str, Any]]:",
            '    """Build the driver from all modules."""',
            f"    return Builder().with_modules({', '.join(modules)}).with_config(CONFIG).{build}()",
            "",
            "",
            "def main() -> None:",
            '    """Compute the outputs and print them."""',
            *(f"    {line}" for line in main),
            "",
            "",
            'if __name__ == "__main__":',
            "    main()",
            "",
        ]
    )


def _dictionary(values: Mapping[str, Any], literals: Literals) -> BracketGroup:
    items: list[LabeledPiece] = []
    for name, value in values.items():
        try:
            items.append(LabeledPiece(f"{text_code(name)}: ", literals.piece(value)))
        except NotWritable as error:
            raise unwritable(name, error) from None
    return BracketGroup("{", tuple(items), "}")


# --- pyproject.toml and README.md -------------------------------------------------------------------------------------


def _distribution_name(name: str, dependencies: list[str]) -> str:
    """Return a name that differs from the dependencies' names. Otherwise, pip would confuse the project with a dependency."""
    packages = {re.sub(r"[-_.]+", "-", requirement_name(requirement)).lower() for requirement in dependencies}
    return unique_name(name, packages, suffix="-dataflow")


def _pyproject(name: str, title: str, dependencies: list[str]) -> str:
    listed = "".join(f"  {_quoted(requirement)},\n" for requirement in dependencies)
    return f"""\
[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = {_quoted(name)}
version = "0.1.0"
description = {_quoted(title)}
requires-python = ">=3.11"
dependencies = [
{listed}]

[project.optional-dependencies]
test = ["pytest>=8"]

[tool.setuptools]
py-modules = [] # only dependencies are installed; the code runs from this folder

[tool.pytest.ini_options]
pythonpath = ["."]
testpaths = ["tests"]
"""


def _quoted(text: str) -> str:
    """Quote text for TOML, which supports all of JSON's escapes."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _readme(recording: Recording, title: str, link: str | None, runner: str, tests: ValueTests) -> str:
    origin = "It was exported from the Headwater playground." if link is None else f"[Open it in the playground]({link})."
    outputs = ", ".join(map(markdown_code, recording.outputs))
    rows = [(f"`{runner}.py`", f"computes and prints {outputs}")]
    rows += [(markdown_code(f"{FOLDER}/{module}.py"), "functions in the dataflow") for module in recording.sources]
    rows += [(markdown_code(f"{FOLDER}/{file}"), "data") for file in recording.data]
    rows += [("`tests/`", _tested(tests))]
    table = "\n".join(f"| {file} | {content} |" for file, content in rows)
    text = f"""\
# {markdown_text(title)}

A dataflow of plain Python functions. Each function is named after the value that it computes from its parameters. {origin}

Read the code before you run it, as you would any code from someone else. `pip install` does not run it: it only installs
the packages listed in `pyproject.toml`. `python {runner}.py` and `pytest` run the functions in `{FOLDER}/` with all your
permissions on this computer.

```bash
python -m venv .venv
. .venv/bin/activate # on Windows: .venv\\Scripts\\activate
pip install '.[test]'
python {runner}.py
pytest
```

| file | content |
|---|---|
{table}

Modules and data are in `{FOLDER}/`, where pip and pytest do not look for configuration. Run both from this folder, not from
`{FOLDER}/`.
"""
    if tests.untested:
        listed = "\n".join(f"- {markdown_code(name)}: {markdown_text(reason)}." for name, reason in tests.untested.items())
        text += f"\nValues without a test:\n\n{listed}\n"
    return text


def _tested(tests: ValueTests) -> str:
    number = len(tests.tested)
    return f"tests for the values of {number} nodes" if number != 1 else "a test for the value of one node"
