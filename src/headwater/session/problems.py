"""Exceptions as problems: what went wrong, in which of the user's files and on which line."""

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
from headwater.previews.texts import LONGEST_MESSAGE, plain_text_of, truncate, type_name
from headwater.session.exception_messages import exception_message
from headwater.session.missing_modules import missing_module
from headwater.session.name_suggestions import suggest_names
from headwater.session.remedies import fields_to_change, page_message
from headwater.session.tracebacks import collapse_frames
from headwater.wire.bounds import LONGEST_LINE, LONGEST_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

    from headwater.graph.node import Node
    from headwater.wire.views import FrameView, ProblemView, Severity

NOTES: Final = 20
"""Notes of one exception that are shown."""

_TRACEBACK: Final[Callable[[BaseException], TracebackType | None]] = vars(BaseException)["__traceback__"].__get__
"""The traceback of an exception, whatever its class says."""


@dataclass(frozen=True, slots=True)
class Problems:
    """Makes problems of the exceptions that come out of the code in a directory."""

    directory: Path

    def of(self, error: BaseException, node: Node | None = None) -> list[ProblemView]:
        """The problems that an exception stands for; `node` is the one that raised it, if one did."""
        if isinstance(error, SeveralErrors):
            return [problem for single in error.errors for problem in self.of(single, node)]
        trace = _TRACEBACK(error)
        frames = self.frames(trace)
        file, line, column = self._location(error, trace, node)
        named = node.name if node is not None else error.node if isinstance(error, HeadwaterError) else None
        problem = make_problem(type_name(error), self.message(error), file=file, line=line, column=column, node=named)
        problem["frames"] = [] if isinstance(error, HeadwaterError) and node is None else frames
        if isinstance(error, HeadwaterError) and (fields := fields_to_change(error)):
            problem["fields"] = fields
        if isinstance(error, MissingInput):
            problem["input"] = truncate(error.name, LONGEST_NAME)
        if (module := missing_module(error)) is not None:
            problem["module"] = truncate(module, LONGEST_NAME)
        return [problem]

    def of_warning(self, warning: Warning, node: Node | None = None) -> ProblemView:
        """The problem that a warning of the engine stands for."""
        kind, message = type(warning).__name__, self.relative(_warned(warning))
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
            problem["argument"] = truncate(warning.argument, LONGEST_NAME)
        return problem

    def message(self, error: BaseException) -> str:
        """What an exception says, with the nearest name where it could not find one, and its notes."""
        said = page_message(error) if isinstance(error, HeadwaterError) else exception_message(error)
        said += suggest_names(error, self._users_entries(_TRACEBACK(error)))
        notes = vars(error).get("__notes__")
        lines = [said, *map(plain_text_of, notes[:NOTES] if isinstance(notes, list) else ())]
        return truncate(self.relative("\n".join(truncate(line, LONGEST_MESSAGE) for line in lines)), LONGEST_MESSAGE)

    def relative(self, text: str) -> str:
        """A text with the files named as the user names them."""
        return text.replace(f"{self.directory}{os.sep}", "")

    def file(self, path: str) -> str | None:
        """The name of a file of the session, None for any other."""
        found = Path(path)
        if found.is_absolute():
            return found.name if found.parent == self.directory else None
        return path if (self.directory / found).is_file() else None

    def frames(self, trace: TracebackType | None) -> list[FrameView]:
        """The lines of a traceback that stand in the session's files, outermost first."""
        return collapse_frames(
            [
                {
                    "file": Path(frame.filename).name,
                    "line": frame.lineno or 1,
                    "function": truncate(frame.name, LONGEST_LINE),
                    "code": truncate(linecache.getline(frame.filename, frame.lineno or 1).strip(), LONGEST_LINE),
                }
                for frame in self._own(trace)
            ]
        )

    def _users_entries(self, trace: TracebackType | None) -> list[TracebackType]:
        """The entries of a traceback that are in the session's code, innermost first."""
        found: list[TracebackType] = []
        while trace is not None:
            if self.file(trace.tb_frame.f_code.co_filename) is not None:
                found.append(trace)
            trace = trace.tb_next
        return found[::-1]

    def _own(self, trace: TracebackType | None) -> Iterable[traceback.FrameSummary]:
        summaries = traceback.extract_tb(trace)
        return (frame for frame in summaries if self.file(frame.filename) is not None)

    def _location(
        self, error: BaseException, trace: TracebackType | None, node: Node | None
    ) -> tuple[str | None, int | None, int | None]:
        match error:
            # A syntax error may also be raised by hand, and then hold anything.
            case SyntaxError(filename=str(file), lineno=int(line)) if self.file(file):
                return self.file(file), line, error.offset if isinstance(error.offset, int) and error.offset > 0 else None
            case _:
                pass
        if isinstance(error, HeadwaterError):
            for location in error.locations:
                if self.file(location.file):
                    return self.file(location.file), location.line, None
        for frame in reversed(list(self._own(trace))):
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
    """A problem without frames."""
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


def _warned(warning: Warning) -> str:
    """The text of a warning; of one that holds an error, with advice in place of the driver's."""
    if isinstance(warning, WrongValueWarning):
        return str(warning).replace(warning.error.message, page_message(warning.error))
    return str(warning)
