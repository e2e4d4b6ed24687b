"""A dataflow as a project: its modules and data, a program that runs it, tests of the values seen, and what it needs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import headwater
from headwater.errors import NotWritable
from headwater.execution.recording import Recording
from headwater.export.imports import import_lines, split_imports
from headwater.export.packages import requirement_name, requirements
from headwater.export.safe_names import FOLDER, refuse_unsafe_names
from headwater.export.titles import clean_title, docstring, folder_name, markdown_code, markdown_text
from headwater.export.value_tests import ValueTests, value_tests
from headwater.literals.code import BracketGroup, LabeledPiece, lines, text_code, unique_name
from headwater.literals.literals import Literals, unwritable
from headwater.session import Session

_RUNNER_NAMES: Final = frozenset(
    {"Any", "Builder", "Driver", "Path", "chdir", "sys"}
    | {"CONFIG", "DATAFLOW", "INPUTS", "OUTPUTS", "OVERRIDES", "build", "main", "name", "value", "values"}
)
"""What the program binds itself, so that no module is bound to it."""


@dataclass(frozen=True, slots=True)
class Project:
    """The texts of a project's files by their paths below its folder."""

    name: str
    """A name for the folder."""
    files: Mapping[str, str]
    untested: Mapping[str, str]
    """Why the tests leave out the value of a node, by its name."""


def project(recording: Recording, *, title: str, link: str | None = None, engine: str | None = None) -> Project:
    """A project that computes what a run computed, and tests that it comes to the same values.

    The dataflow is run a second time, in a session of its own: a value that comes out otherwise is not tested.

    The modules and the data are in a folder of their own, where neither pip nor pytest looks for its settings: they may come
    from a link, and installing a project or starting its tests must not run them as anything but a dataflow.

    Args:
        recording: the run.
        title: what the dataflow is called.
        link: the address where it came from.
        engine: the requirement by which Headwater is installed; without, this version by its name.

    Raises:
        NotWritable: something that was given cannot be written as code, or a file has a name that a project cannot have.
    """
    modules = {f"{module}.py": text for module, text in recording.sources.items()}
    refuse_unsafe_names([*modules, *recording.data])
    title, name = clean_title(title), folder_name(title)
    runner = unique_name("run", set(recording.sources), suffix="_dataflow")
    tests = value_tests(recording, _second_run(recording), runner)
    needed = [engine or f"headwater=={headwater.__version__}", *requirements(recording.sources)]
    files = {
        "README.md": _readme(recording, title, link, runner, tests),
        "pyproject.toml": _pyproject(_distribution_name(name, needed), title, needed),
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
    literals.imports |= {
        "Any": "from typing import Any",
        "Builder": "from headwater import Builder",
        "Driver": "from headwater import Driver",
    }
    literals.imports |= {"sys": "import sys", "Path": "from pathlib import Path"}
    taken = set(_RUNNER_NAMES)
    modules: list[str] = []
    for module in recording.sources:
        bound = unique_name(module, taken, suffix="_module")
        taken.add(bound)
        modules.append(bound)
        literals.imports[bound] = f"import {module}" if bound == module else f"import {module} as {bound}"
    inputs = lines(_dictionary(recording.inputs, literals), before="INPUTS: dict[str, Any] = ")
    config = lines(_dictionary(recording.config, literals), before="CONFIG: dict[str, Any] = ")
    outputs = lines(BracketGroup("[", tuple(map(text_code, recording.outputs)), "]"), before="OUTPUTS = ")
    overrides: list[str] = []
    if recording.overrides:
        overrides = lines(_dictionary(recording.overrides, literals), before="OVERRIDES: dict[str, Any] = ")
    computed = [
        f"values = build().execute(OUTPUTS, inputs=INPUTS{', overrides=OVERRIDES' if overrides else ''})",
        "for name, value in values.items():",
        '    print(f"{name}:\\n{value}\\n")',
    ]
    if recording.data:
        literals.imports["chdir"] = "from contextlib import chdir"
        computed[0] = f"    {computed[0]}"
        computed.insert(0, "with chdir(DATAFLOW):  # where the data files are")
    beside, others = split_imports(literals.imports.values(), recording.sources)
    return "\n".join(
        [
            docstring(f"{title}: computes the outputs and prints them."),
            "",
            *import_lines(others),
            "",
            f'DATAFLOW = Path(__file__).resolve().parent / "{FOLDER}"',
            "sys.path.append(str(DATAFLOW))  # last, so that its files hide no installed module",
            "",
            *(f"{line}  # noqa: E402" if line.startswith(("import ", "from ")) else line for line in import_lines(beside)),
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


def _dictionary(values: Mapping[str, Any], literals: Literals) -> BracketGroup:
    items: list[LabeledPiece] = []
    for name, value in values.items():
        try:
            items.append(LabeledPiece(f"{text_code(name)}: ", literals.piece(value)))
        except NotWritable as error:
            raise unwritable(name, error) from None
    return BracketGroup("{", tuple(items), "}")


# --- what it needs, and what it is ------------------------------------------------------------------------------------


def _distribution_name(name: str, needed: list[str]) -> str:
    """A name unlike those of the packages that the project needs: pip would take the project for one of them."""
    packages = {re.sub(r"[-_.]+", "-", requirement_name(one)).lower() for one in needed}
    return unique_name(name, packages, suffix="-dataflow")


def _pyproject(name: str, title: str, needed: list[str]) -> str:
    listed = "".join(f"  {_quoted(one)},\n" for one in needed)
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
py-modules = [] # installs what the code needs; the code is run from here

[tool.pytest.ini_options]
pythonpath = ["."]
testpaths = ["tests"]
"""


def _quoted(text: str) -> str:
    """A text in TOML, whose rules for one in double quotes hold JSON's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _readme(recording: Recording, title: str, link: str | None, runner: str, tests: ValueTests) -> str:
    origin = "It was made in the Headwater playground." if link is None else f"[Open it in the playground]({link})."
    outputs = ", ".join(map(markdown_code, recording.outputs))
    rows = [(f"`{runner}.py`", f"computes {outputs}")]
    rows += [(markdown_code(f"{FOLDER}/{module}.py"), "functions of the dataflow") for module in recording.sources]
    rows += [(markdown_code(f"{FOLDER}/{file}"), "data") for file in recording.data]
    rows += [("`tests/`", _tested(tests))]
    table = "\n".join(f"| {file} | {what} |" for file, what in rows)
    text = f"""\
# {markdown_text(title)}

A dataflow of plain Python functions: a function's name is what it makes, its parameters are what it needs. {origin}

Read the code before you run it, as you would read any code that somebody sent you. `pip install` runs none of it; it
installs the packages listed in `pyproject.toml`. `python {runner}.py` and `pytest` run the functions in `{FOLDER}/`, with
all that you may do on this computer.

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

The modules and the data are in `{FOLDER}/`, where pip and pytest look for no settings. Start both from this folder, and not
from that one.
"""
    if tests.untested:
        listed = "\n".join(f"- {markdown_code(name)}: {markdown_text(reason)}." for name, reason in tests.untested.items())
        text += f"\nThe tests leave out:\n\n{listed}\n"
    return text


def _tested(tests: ValueTests) -> str:
    number = len(tests.tested)
    return f"the value that each of {number} nodes had when this was downloaded" if number != 1 else "the value of one node"
