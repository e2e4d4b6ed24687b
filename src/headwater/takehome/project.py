"""A dataflow as a project: its modules and data, a program that runs it, tests of the values seen, and what it needs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import headwater
from headwater.errors import NotWritable
from headwater.session import Session
from headwater.takehome.code import Group, Labelled, free_name, lines, text_code
from headwater.takehome.imports import import_lines
from headwater.takehome.literals import Literals, unwritten
from headwater.takehome.packages import requirements
from headwater.takehome.recording import Recording
from headwater.takehome.value_tests import ValueTests, value_tests

_OWN: Final = frozenset({"README.md", "pyproject.toml"})


@dataclass(frozen=True, slots=True)
class Project:
    """The texts of a project's files by their paths below its folder."""

    name: str
    """A name for the folder."""
    files: Mapping[str, str]
    left_out: Mapping[str, str]
    """Why the tests leave out the value of a node, by its name."""


def project(recording: Recording, *, title: str, link: str | None = None, engine: str | None = None) -> Project:
    """A project that computes what a run computed, and tests that it comes to the same values.

    The dataflow is run a second time, in a session of its own: a value that comes out otherwise is not tested.

    Args:
        recording: the run.
        title: what the dataflow is called.
        link: the address where it came from.
        engine: the requirement by which Headwater is installed; without, this version by its name.

    Raises:
        NotWritable: something that was given cannot be written as code, or a data file is called as one of the project's own.
    """
    for file in _OWN & recording.data.keys():
        raise NotWritable(f"A project has a `{file}` of its own. Give the data file of that name another one.")
    name = _folder_name(title)
    runner = free_name("run", set(recording.sources), suffix="_dataflow")
    tests = value_tests(recording, _second_run(recording), runner)
    needed = [engine or f"headwater=={headwater.__version__}", *requirements(recording.sources)]
    files = {
        "README.md": _readme(recording, title, link, runner, tests),
        "pyproject.toml": _pyproject(name, title, needed),
        f"{runner}.py": _runner(recording, title),
        **{f"{module}.py": text for module, text in recording.sources.items()},
        **recording.data,
        **tests.files,
    }
    return Project(name, files, tests.left_out)


def _second_run(recording: Recording) -> Mapping[str, Any]:
    with Session() as session:
        modules = {f"{module}.py": text for module, text in recording.sources.items()}
        session.update(
            {**modules, **recording.data}, config=recording.config, inputs=recording.inputs, overrides=recording.overrides
        )
        session.run(recording.outputs)
        return session.recording().values


def _folder_name(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60].strip("-") or "dataflow"


# --- the program ------------------------------------------------------------------------------------------------------


def _runner(recording: Recording, title: str) -> str:
    literals = Literals()
    literals.imports |= {
        "Any": "from typing import Any",
        "Builder": "from headwater import Builder",
        "Driver": "from headwater import Driver",
    }
    taken = {"Any", "Builder", "Driver", "CONFIG", "INPUTS", "OUTPUTS", "OVERRIDES", "build", "main", "name", "value", "values"}
    modules: list[str] = []
    for module in recording.sources:
        bound = free_name(module, taken, suffix="_module")
        taken.add(bound)
        modules.append(bound)
        literals.imports[bound] = f"import {module}" if bound == module else f"import {module} as {bound}"
    inputs = lines(_dictionary(recording.inputs, literals), before="INPUTS: dict[str, Any] = ")
    config = lines(_dictionary(recording.config, literals), before="CONFIG: dict[str, Any] = ")
    outputs = lines(Group("[", tuple(map(text_code, recording.outputs)), "]"), before="OUTPUTS = ")
    overrides: list[str] = []
    if recording.overrides:
        overrides = lines(_dictionary(recording.overrides, literals), before="OVERRIDES: dict[str, Any] = ")
    computed = [
        f"values = build().execute(OUTPUTS, inputs=INPUTS{', overrides=OVERRIDES' if overrides else ''})",
        "for name, value in values.items():",
        '    print(f"{name}:\\n{value}\\n")',
    ]
    if recording.data:
        literals.imports |= {"chdir": "from contextlib import chdir", "Path": "from pathlib import Path"}
        computed[0] = f"    {computed[0]}"
        computed.insert(0, "with chdir(Path(__file__).parent):  # where the data files are")
    return "\n".join(
        [
            f"{_docstring(title)}",
            "",
            *import_lines(literals.imports, set(recording.sources)),
            "",
            *inputs,
            *config,
            *overrides,
            *outputs,
            "",
            "",
            "def build() -> Driver[dict[str, Any]]:",
            '    """The dataflow of all modules."""',
            f"    return Builder().with_modules({', '.join(modules)}).with_config(CONFIG).build()",
            "",
            "",
            "def main() -> None:",
            '    """Compute the outputs and print them."""',
            *(f"    {line}" for line in computed),
            "",
            "",
            'if __name__ == "__main__":',
            "    main()",
            "",
        ]
    )


def _dictionary(values: Mapping[str, Any], literals: Literals) -> Group:
    items: list[Labelled] = []
    for name, value in values.items():
        try:
            items.append(Labelled(f"{text_code(name)}: ", literals.piece(value)))
        except NotWritable as error:
            raise unwritten(name, error) from None
    return Group("{", tuple(items), "}")


def _docstring(title: str) -> str:
    said = " ".join(title.split()).replace("\\", "\\\\").replace('"', "'")
    return f'"""{said}: computes the outputs and prints them."""'


# --- what it needs, and what it is ------------------------------------------------------------------------------------


def _pyproject(name: str, title: str, needed: list[str]) -> str:
    listed = "".join(f"  {_quoted(one)},\n" for one in needed)
    return f"""\
[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = {_quoted(name)}
version = "0.1.0"
description = {_quoted(" ".join(title.split()))}
requires-python = ">=3.11"
dependencies = [
{listed}]

[project.optional-dependencies]
test = ["pytest>=8"]

[tool.setuptools]
py-modules = [] # installs what the code needs; the code is run from here

[tool.pytest.ini_options]
pythonpath = ["."]
testpaths = ["tests"]
"""


def _quoted(text: str) -> str:
    """A text in TOML, whose rules for one in double quotes hold JSON's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _readme(recording: Recording, title: str, link: str | None, runner: str, tests: ValueTests) -> str:
    heading = re.sub(r"([\\`*_<>\[\]#])", r"\\\1", " ".join(title.split()))
    origin = "It was made in the Headwater playground." if link is None else f"[Open it in the playground]({link})."
    outputs = ", ".join(f"`{name}`" for name in recording.outputs)
    rows = [(f"`{module}.py`", "functions of the dataflow") for module in recording.sources]
    rows += [(f"`{file}`", "data") for file in recording.data]
    rows += [(f"`{runner}.py`", f"computes {outputs}"), ("`tests/`", _tested(tests))]
    table = "\n".join(f"| {file} | {what} |" for file, what in rows)
    text = f"""\
# {heading}

A dataflow of plain Python functions: a function's name is what it makes, its parameters are what it needs. {origin}

```bash
python -m venv .venv
. .venv/bin/activate # on Windows: .venv\\Scripts\\activate
pip install '.[test]'
python {runner}.py
pytest
```

| file | what it is |
|---|---|
{table}
"""
    if tests.left_out:
        listed = "\n".join(f"- `{name}`: {reason}." for name, reason in tests.left_out.items())
        text += f"\nThe tests leave out:\n\n{listed}\n"
    return text


def _tested(tests: ValueTests) -> str:
    number = len(tests.tested)
    return f"the value that each of {number} nodes had when this was downloaded" if number != 1 else "the value of one node"
