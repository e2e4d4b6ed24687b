"""Conversion of exceptions and warnings into problems, with the user's file and line."""

from __future__ import annotations

import linecache
import os
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from headwater.errors import (
    ChangedArgumentWarning,
    DecoratorWarning,
    HeadwaterError,
    MissingInput,
    SeveralErrors,
    UnwrappedFunctionWarning,
    WrongValueWarning,
)
from headwater.errors.catalog import page_of
from headwater.previews.texts import MAX_MESSAGE_LENGTH, plain_text_of, truncate, type_name
from headwater.session.exception_messages import exception_message
from headwater.session.missing_modules import missing_module
from headwater.session.name_suggestions import name_suggestion
from headwater.session.remedies import fields_to_change, page_message
from headwater.session.tracebacks import collapse_frames
from headwater.wire.bounds import MAX_LINE_LENGTH, MAX_NAME_LENGTH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

    from headwater.graph.node import Node
    from headwater.introspection.source_location import SourceLocation
    from headwater.wire.views import FrameView, ProblemView, Severity

MAX_NOTES: Final = 20
"""The maximum number of notes to show for one exception."""

_TRACEBACK: Final[Callable[[BaseException], TracebackType | None]] = vars(BaseException)["__traceback__"].__get__
"""A function that returns the traceback of an exception, even if its class overrides `__traceback__`."""


@dataclass(frozen=True, slots=True)
class Problems:
    """Converts exceptions and warnings from the code in a directory into problems."""

    directory: Path

    def of(self, error: BaseException, node: Node | None = None) -> list[ProblemView]:
        """Return the problems for an exception. `node` is the node whose function raised it, if any."""
        if isinstance(error, SeveralErrors):
            return [problem for single in error.errors for problem in self.of(single, node)]
        trace = _TRACEBACK(error)
        frames = self.frames(trace)
        file, line, column = self._location(error, trace, node)
        node_name = node.name if node is not None else error.node if isinstance(error, HeadwaterError) else None
        problem = make_problem(type_name(error), self.message(error), file=file, line=line, column=column, node=node_name)
        problem["frames"] = [] if isinstance(error, HeadwaterError) and node is None else frames
        if isinstance(error, HeadwaterError) and (fields := fields_to_change(error)):
            problem["fields"] = fields
        if isinstance(error, MissingInput):
            problem["input"] = truncate(error.name, MAX_NAME_LENGTH)
        if (module := missing_module(error)) is not None:
            problem["module"] = truncate(module, MAX_NAME_LENGTH)
        return [_with_docs(problem, error)]

    def of_warning(self, warning: Warning, node: Node | None = None) -> ProblemView:
        """Return the problem for one of Headwater's warnings."""
        return _with_docs(self._of_warning(warning, node), warning)

    def _of_warning(self, warning: Warning, node: Node | None) -> ProblemView:
        kind, message = type(warning).__name__, self.relative(_warning_message(warning))
        if node is None and isinstance(warning, DecoratorWarning):
            file, line = self.file(warning.location.file), warning.location.line
            return make_problem(kind, message, severity="warning", file=file, line=line, node=warning.node)
        if isinstance(warning, UnwrappedFunctionWarning):
            location = warning.location
        elif node is not None:
            location = node.location
        else:
            problem = make_problem(kind, message, severity="warning")
            if isinstance(warning, WrongValueWarning) and (fields := fields_to_change(warning.error)):
                problem["fields"] = fields
            return problem
        file, line = self.file(location.file), location.line
        problem = make_problem(
            kind, message, severity="warning", file=file, line=line, node=node.name if node is not None else None
        )
        if isinstance(warning, ChangedArgumentWarning):
            problem["argument"] = truncate(warning.argument, MAX_NAME_LENGTH)
        return problem

    def message(self, error: BaseException) -> str:
        """Return the message of an exception, including its notes, and a suggestion if a name was not found."""
        text = page_message(error) if isinstance(error, HeadwaterError) else exception_message(error)
        text += name_suggestion(error, self._user_entries(_TRACEBACK(error)))
        lines = [text, *map(plain_text_of, _notes(error))]
        return truncate(self.relative("\n".join(truncate(line, MAX_MESSAGE_LENGTH) for line in lines)), MAX_MESSAGE_LENGTH)

    def relative(self, text: str) -> str:
        """Return text with paths relative to the session's directory."""
        return text.replace(f"{self.directory}{os.sep}", "")

    def file(self, path: str) -> str | None:
        """Return the name of a file in the session, or None for any other file."""
        candidate = Path(path)
        if candidate.is_absolute():
            return candidate.name if candidate.parent == self.directory else None
        return path if (self.directory / candidate).is_file() else None

    def frames(self, trace: TracebackType | None) -> list[FrameView]:
        """Return the frames of a traceback that are in the session's files, outermost first."""
        return collapse_frames(
            [
                {
                    "file": Path(frame.filename).name,
                    "line": frame.lineno or 1,
                    "function": truncate(frame.name, MAX_LINE_LENGTH),
                    "code": truncate(linecache.getline(frame.filename, frame.lineno or 1).strip(), MAX_LINE_LENGTH),
                }
                for frame in self._user_frames(trace)
            ]
        )

    def _user_entries(self, trace: TracebackType | None) -> list[TracebackType]:
        """Return the entries of a traceback that are in the session's code, innermost first."""
        entries: list[TracebackType] = []
        while trace is not None:
            if self.file(trace.tb_frame.f_code.co_filename) is not None:
                entries.append(trace)
            trace = trace.tb_next
        return entries[::-1]

    def _user_frames(self, trace: TracebackType | None) -> Iterable[traceback.FrameSummary]:
        summaries = traceback.extract_tb(trace)
        return (frame for frame in summaries if self.file(frame.filename) is not None)

    def _location(
        self, error: BaseException, trace: TracebackType | None, node: Node | None
    ) -> tuple[str | None, int | None, int | None]:
        match error:
            # Check the types of the attributes, because the user's code may raise its own `SyntaxError`.
            case SyntaxError(filename=str(file), lineno=int(line)) if self.file(file):
                return self.file(file), line, error.offset if isinstance(error.offset, int) and error.offset > 0 else None
            case _:
                pass
        if isinstance(error, HeadwaterError):
            for location in error.locations:
                if self.file(location.file):
                    return self.file(location.file), location.line, None
        for frame in reversed(list(self._user_frames(trace))):
            return self.file(frame.filename), frame.lineno, None if frame.colno is None else frame.colno + 1
        if node is not None and self.file(node.location.file):
            return self.file(node.location.file), node.location.line, None
        return None, None, None


def make_problem(
    kind: str,
    message: str,
    *,
    severity: Severity = "error",
    file: str | None = None,
    line: int | None = None,
    column: int | None = None,
    node: str | None = None,
) -> ProblemView:
    """Return a problem without frames."""
    return {
        "kind": kind,
        "severity": severity,
        "message": message,
        "file": file,
        "line": line,
        "column": column,
        "node": node,
        "frames": [],
    }


def moved(problem: ProblemView, before: SourceLocation, now: SourceLocation) -> ProblemView:
    """Return a function's problem with the function's source location updated from `before` to `now`."""
    file = Path(now.file).name
    message = problem["message"].replace(f"({Path(before.file).name}:{before.line})", f"({file}:{now.line})")
    return {**problem, "message": message, "file": file, "line": now.line}


def with_location(problem: ProblemView) -> str:
    """Return a problem's message with its file and line, unless the message already contains them.

    >>> with_location(make_problem("SyntaxError", "unexpected indent", file="shop.py", line=3))
    'unexpected indent (shop.py:3)'
    >>> with_location(make_problem("NameError", "name 'np' is not defined. Add `import numpy as np`.", file="shop.py", line=3))
    "name 'np' is not defined (shop.py:3). Add `import numpy as np`."
    """
    message, file, line = problem["message"], problem["file"], problem["line"]
    location = f"{file}:{line}"
    if file is None or line is None or location in message:
        return message
    fault, end, advice = message.partition(". ")
    return f"{fault} ({location}){end}{advice}"


def _with_docs(problem: ProblemView, error: BaseException) -> ProblemView:
    if page := page_of(error):
        problem["docs"] = page
    return problem


def _notes(error: BaseException) -> list[object]:
    """Return the notes of an exception. The note with a URL of the error catalog is omitted: the page shows a link."""
    notes = vars(error).get("__notes__")
    address = error.docs_note if isinstance(error, HeadwaterError) else None
    return [note for note in notes[:MAX_NOTES] if note != address] if isinstance(notes, list) else []


def _warning_message(warning: Warning) -> str:
    """Return the message of a warning. If the warning contains an error, the remedy is the one for pages."""
    if isinstance(warning, WrongValueWarning):
        return str(warning).replace(warning.error.message, page_message(warning.error))
    return str(warning)
