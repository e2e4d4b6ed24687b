"""Exceptions from users' functions: a note names the node, and internal frames are removed from the traceback."""

from __future__ import annotations

import os.path
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Final

from headwater.errors import short_repr
from headwater.graph.mapped_call import failed_in
from headwater.graph.node import Node
from headwater.graph.operation import Map

PROGRAM_FILE_PREFIX: Final = "<headwater plan "
"""The start of the file names of compiled plans. A number and `>` follow."""

_PACKAGE = __file__.removesuffix(os.path.join("execution", "failure.py"))  # noqa: PTH118 - importing pathlib takes 5 ms


def add_node_note(error: BaseException, node: Node, values: Sequence[Any]) -> None:
    """Add a note with the node, its location and the arguments of the call.

    If the function was called once for each element, the exception already has a note on the call that failed.
    """
    words = failed_in(node.name)
    if isinstance(node.operation, Map) and any(note.startswith(words) for note in getattr(error, "__notes__", ())):
        return
    lines = [f"{words} ({node.location})"]
    if node.arguments:
        lines[0] += ", called with"
        lines += [
            f"  {argument.parameter} = {short_repr(value)}" for argument, value in zip(node.arguments, values, strict=True)
        ]
    add_note(error, "\n".join(lines))


def add_note(error: BaseException, note: str) -> None:
    """Add a note to an exception, unless its class does not allow attributes."""
    with suppress(Exception):  # the class may also raise anything else
        error.add_note(note)


def add_worker_note(error: BaseException) -> None:
    """Add the traceback as a note. It cannot be pickled, so it would stay in the worker."""
    import traceback  # imported lazily: only workers need it

    lines = traceback.format_exception(type(error), error, user_traceback(error.__traceback__))
    add_note(error, "In the worker process:\n" + "".join(lines).rstrip())


def is_internal(file: str) -> bool:
    """Return True for a file in this package or a compiled plan."""
    return file.startswith((_PACKAGE, PROGRAM_FILE_PREFIX))


def user_traceback(traceback: TracebackType | None) -> TracebackType | None:
    """Return a traceback without the frames from this package and from compiled plans."""
    frames: list[TracebackType] = []
    while traceback is not None:
        if not is_internal(traceback.tb_frame.f_code.co_filename):
            frames.append(traceback)
        traceback = traceback.tb_next
    result: TracebackType | None = None
    for frame in reversed(frames):
        result = TracebackType(result, frame.tb_frame, frame.tb_lasti, frame.tb_lineno)
    return result
