"""`Step`: one exercise of a lesson, read from its `docs/course/<lesson>/<step>/` folder.

step.toml           the settings; see docs/guides/writing-lessons.md
start/*.py          the learner's initial files
check.py            the check
solution/*.py       the files that differ from the start
wrong/<name>/*.py   the same for each wrong answer
edit/*.py           the same for the edit after a prediction (kind `predict`)
mutants/<name>/*.py the same for each faulty version (kind `test`)
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, get_args

from licenses.components import LicenseError
from licenses.data_files import DataFile

from steps.settings import Settings, StepError

Kind = Literal["write", "repair", "refactor", "predict", "select", "choose", "test", "project"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
SELECTING: Final = ("predict", "select")
"""The kinds whose answer is a set of nodes."""
NAME: Final = re.compile(r"[a-z]+(-[a-z]+)*")
DEFAULT_HEIGHT: Final = 520
MIN_WRONG: Final = 3
CHECK_TESTS: Final = "check_tests()\n"
"""The check for a step of kind `test` that has no `check.py`."""

_ROLES: Final = ("inputs", "config", "overrides")
_COMMON: Final = {"title", "summary", "kind", "matters", "data", "outputs", "height", "formerly"}
_WRITING: Final = {"wrong", "solution", "picture"}
_KEYS: Final[Mapping[str, set[str]]] = {
    "write": _WRITING,
    "repair": _WRITING | {"fails"},
    "refactor": _WRITING,
    "project": _WRITING,
    "test": {"wrong", "mutants"},
    "predict": {"wrong", "answer"},
    "select": {"wrong", "answer"},
    "choose": {"question", "choices"},
}
"""For each kind of step, the settings in addition to those that all steps have."""

Files = dict[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a step."""

    files: Files = field(default_factory=dict)
    """The files that differ from the start."""
    selected: tuple[str, ...] = ()
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The inputs, config and overrides that the learner enters."""


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """A wrong answer, and what the check must say about it."""

    answer: Answer
    message: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the choices for a question."""

    text: str
    correct: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Faulty:
    """A faulty version of the code, which the learner's tests should detect."""

    fault: str
    files: Files


@dataclass(frozen=True, slots=True)
class Step:
    """One exercise of a lesson."""

    folder: Path
    title: str
    summary: str
    kind: Kind
    matters: str
    data: tuple[DataFile, ...]
    outputs: tuple[str, ...] | None
    height: int
    picture: bool
    """True if the page shows the graph of the solution."""
    formerly: str | None
    """The previous name of a step that was renamed or moved to another lesson. Progress is stored by name."""
    fails: str | None
    """The error that the start files cause, such as `MissingInput`. None if they cause no error."""
    start: Files
    """The initial modules."""
    check: str
    solution: Answer
    wrong: dict[str, WrongAnswer]
    edit: Files
    question: str | None
    choices: tuple[Choice, ...]
    mutants: tuple[Faulty, ...]

    @classmethod
    def read(cls, folder: Path, data_folders: tuple[Path, ...]) -> Step:
        """Read a step.

        Args:
            folder: the step's folder.
            data_folders: the folders that are searched for data files, in order.

        Raises:
            StepError: a part is missing or invalid.
        """
        settings = Settings.read(folder / "step.toml")
        for part in (folder.parent.name, folder.name):
            if NAME.fullmatch(part) is None:
                raise StepError(f"{folder} needs another name: lowercase words joined by hyphens, without numbers.")
        kind = _kind(settings)
        settings.allow(_COMMON | _KEYS[kind])
        reader = _Reader(folder, settings, kind)
        reader.refuse_unknown_parts()
        return cls(
            folder=folder,
            title=settings.text("title"),
            summary=settings.text("summary"),
            kind=kind,
            matters=settings.sentence("matters"),
            data=tuple(_data_file(settings, name, data_folders) for name in settings.texts("data", ())),
            outputs=settings.texts("outputs") if "outputs" in settings.table else None,
            height=settings.number("height", DEFAULT_HEIGHT),
            picture=settings.flag("picture"),
            formerly=settings.text("formerly") if "formerly" in settings.table else None,
            fails=settings.text("fails") if "fails" in settings.table else None,
            start=reader.start(),
            check=reader.check(),
            solution=reader.solution(),
            wrong=reader.wrong(),
            edit=reader.files("edit") if kind == "predict" else {},
            question=settings.text("question") if kind == "choose" else None,
            choices=reader.choices() if kind == "choose" else (),
            mutants=reader.mutants() if kind == "test" else (),
        )

    @property
    def name(self) -> str:
        """The name that pages and progress use: `<lesson>/<step>`."""
        return f"{self.folder.parent.name}/{self.folder.name}"

    @property
    def example_name(self) -> str:
        """The name of the step's example."""
        return _example_name(self.name)

    @property
    def former_example_name(self) -> str | None:
        """The previous name of the example, if the step was renamed. Links may still use it."""
        return None if self.formerly is None else _example_name(self.formerly)

    @property
    def data_texts(self) -> Files:
        """The text of the data files, keyed by file name."""
        return {file.path.name: file.text for file in self.data}

    @property
    def digest(self) -> str:
        """A digest that changes when the task or its answer changes."""
        parts: list[Any] = [self.kind, self.start, self.check, asdict(self.solution), self.edit, self.question]
        parts += [[asdict(choice) for choice in self.choices], [asdict(mutant) for mutant in self.mutants]]
        return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()[:12]

    def task(self) -> dict[str, Any]:
        """Return the task, in the form that `playground/src/lesson/task.ts` reads."""
        task: dict[str, Any] = {
            "kind": self.kind,
            "title": self.title,
            "digest": self.digest,
            "matters": self.matters,
            "check": self.check,
            "solution": self.solution.files,
        }
        if self.formerly is not None:
            task["formerly"] = self.formerly
        if self.solution.values:
            task["values"] = {
                role: {name: field_text(value) for name, value in values.items()}
                for role, values in self.solution.values.items()
            }
        if self.kind in SELECTING:
            task["answer"] = list(self.solution.selected)
        if self.kind == "predict":
            task["edit"] = self.edit
        if self.kind == "choose":
            task |= {"question": self.question, "choices": [asdict(choice) for choice in self.choices]}
        if self.kind == "test":
            task["mutants"] = [asdict(mutant) for mutant in self.mutants]
        return task


def _example_name(step: str) -> str:
    return step.replace("/", "--")


def field_text(value: Any) -> str:
    """Return a value as the text of a field on the page."""
    if isinstance(value, dt.datetime):
        return f"datetime:{value.isoformat(timespec='minutes')}"
    if isinstance(value, dt.date):
        return f"date:{value.isoformat()}"
    return json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the parts of a step."""

    folder: Path
    settings: Settings
    kind: Kind

    def refuse_unknown_parts(self) -> None:
        """Check that the step has no unused files or folders."""
        expected = {"step.toml", "start"}
        if self.kind != "choose":
            expected |= {"check.py"}
            if self.kind not in SELECTING:
                expected |= {"solution", "wrong"}
        expected |= {"predict": {"edit"}, "test": {"mutants"}}.get(self.kind, set())
        for path in sorted(self.folder.iterdir()):
            if path.name not in expected and not path.name.startswith((".", "__")):
                raise StepError(f"{path} is not part of a step of kind `{self.kind}`. Its parts are: {_listed(expected)}.")

    def start(self) -> Files:
        """Read the initial files."""
        if self.kind == "choose" and not (self.folder / "start").is_dir():
            return {}
        return self.files("start")

    def check(self) -> str:
        """Read the check."""
        path = self.folder / "check.py"
        if self.kind == "choose":
            return ""
        if self.kind == "test" and not path.is_file():
            return CHECK_TESTS
        if not path.is_file():
            raise StepError(f"{path} is missing. Write the check: Python with `assert` or `expect`.")
        return path.read_text(encoding="utf-8")

    def solution(self) -> Answer:
        """Read the correct answer."""
        if self.kind == "choose":
            return Answer()
        if self.kind in SELECTING:
            return Answer(selected=self.settings.texts("answer"))
        section = self.settings.section("solution")
        section.allow(_ROLES)
        values = _values(section)
        return Answer(self.files("solution", required=not values), values=values)

    def wrong(self) -> dict[str, WrongAnswer]:
        """Read the wrong answers."""
        if self.kind == "choose":
            return {}
        section = self.settings.section("wrong")
        folders = {path.name for path in (self.folder / "wrong").glob("*") if path.is_dir()}
        for name in sorted(folders - section.table.keys()):
            raise StepError(f'{self.folder / "wrong" / name} has no message. Add `{name} = "..."` to `[wrong]` in step.toml.')
        return {name: self._wrong_answer(section, name) for name in section.table}

    def _wrong_answer(self, section: Settings, name: str) -> WrongAnswer:
        # A message may be empty until `docs/try_steps.py --write` fills it in.
        if isinstance(section.table[name], str):
            details, message = Settings(section.path, {}, f"[wrong] {name}"), section.table[name]
        else:
            details = section.section(name)
            message = "" if details.table.get("message", "") == "" else details.text("message")
        details.allow({"message", "selected"} if self.kind in SELECTING else {"message", *_ROLES})
        if self.kind in SELECTING:
            return WrongAnswer(Answer(selected=details.texts("selected")), message)
        values = _values(details)
        return WrongAnswer(Answer(self.files(f"wrong/{name}", required=not values), values=values), message)

    def choices(self) -> tuple[Choice, ...]:
        """Read the choices for a question."""
        choices: list[Choice] = []
        for section in self.settings.sections("choices"):
            section.allow({"text", "correct", "reason"})
            choices.append(Choice(section.text("text"), section.flag("correct"), section.text("reason")))
        if sum(choice.correct for choice in choices) != 1:
            raise self.settings.error("needs exactly one of the `[[choices]]` with `correct = true`.")
        return tuple(choices)

    def mutants(self) -> tuple[Faulty, ...]:
        """Read the faulty versions."""
        section = self.settings.section("mutants")
        if not section.table:
            raise self.settings.error('has no `[mutants]`. Add `<name> = "..."` with a sentence about each fault.')
        folders = {path.name for path in (self.folder / "mutants").glob("*") if path.is_dir()}
        for name in sorted(folders - section.table.keys()):
            raise StepError(
                f'{self.folder / "mutants" / name} has no description. Add `{name} = "..."` to `[mutants]` in step.toml.'
            )
        return tuple(Faulty(section.sentence(name), self.files(f"mutants/{name}")) for name in section.table)

    def files(self, part: str, *, required: bool = True) -> Files:
        """Read the modules in a folder of the step."""
        folder = self.folder / part
        paths = sorted(folder.glob("*.py"))
        if not paths and required:
            raise StepError(f"{folder} has no Python files. Add the files {_PURPOSES.get(part, 'that differ from the start')}.")
        for path in sorted(folder.glob("*")):
            if path.suffix != ".py" and not path.name.startswith((".", "__")):
                raise StepError(f"{path} is not a Python file. Put data in docs/data and list it under `data` in step.toml.")
        return {path.name: path.read_text(encoding="utf-8") for path in paths}


_PURPOSES: Final = {"start": "with which the learner starts"}


def _kind(settings: Settings) -> Kind:
    kind = settings.text("kind")
    for known in KINDS:
        if kind == known:
            return known
    raise settings.error(f"has the unknown kind `{kind}`. The kinds are: {_listed(KINDS)}.")


def _values(section: Settings) -> dict[str, dict[str, Any]]:
    return {role: dict(section.section(role).table) for role in _ROLES if role in section.table}


def _data_file(settings: Settings, name: str, folders: tuple[Path, ...]) -> DataFile:
    try:
        return DataFile.find(name, folders)
    except LicenseError as error:
        raise settings.error(f"names invalid data. {error}") from None


def _listed(names: Any) -> str:
    return ", ".join(f"`{name}`" for name in (names if isinstance(names, tuple) else sorted(names)))
