"""Exceptions from users' functions: a note names the node, and internal frames are removed from the traceback."""

from __future__ import annotations

import os.path
import sys
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Final

from headwater.errors import NotAList, UnequalLengths, UnpicklableError
from headwater.graph.failure_notes import add_call_note, add_note, has_call_note
from headwater.graph.node import Node
from headwater.graph.operation import Map

PROGRAM_FILE_PREFIX: Final = "<headwater plan "
"""The prefix of the file names of compiled plans, followed by a number and `>`."""

_PACKAGE = __file__.removesuffix(os.path.join("execution", "failure.py"))  # noqa: PTH118 - importing pathlib takes 5 ms


def add_node_note(error: BaseException, node: Node, values: Sequence[Any]) -> None:
    """Add a note with the node, its location and the arguments of the call.

    If the function was called once for each element, the exception already has a note about the call that failed.
    """
    if isinstance(node.operation, Map):
        # these errors already name the function
        if not has_call_note(error) and not isinstance(error, UnequalLengths | NotAList):
            add_call_note(error, node.name, node.location, (), ())
        return
    add_call_note(error, node.name, node.location, [argument.parameter for argument in node.arguments], values)


def sent_error(error: BaseException) -> BaseException:
    """Return an exception to send to another process: `error` itself, or a substitute if it cannot be copied.

    The traceback is added as a note, because a traceback object cannot be pickled.
    """
    import traceback  # imported lazily: only workers need it

    formatted = traceback.TracebackException(type(error), error, user_traceback(error.__traceback__))
    formatted.__notes__ = None  # omitted from the traceback's text, because the notes are sent separately
    problem = _copying_problem(error)
    notes = getattr(error, "__notes__", ())
    if problem is not None:
        error = UnpicklableError(error, problem)
        for note in notes:
            add_note(error, note)
    add_note(error, "In the worker process:\n" + "".join(formatted.format()).rstrip())
    return error


def _copying_problem(error: BaseException) -> Exception | None:
    """Return the exception that copying `error` raises, or None if it can be copied.

    An exception that cannot be unpickled would break the process pool.
    """
    import pickle

    dumps: Callable[[Any], bytes] = getattr(sys.modules.get("cloudpickle"), "dumps", pickle.dumps)
    try:
        reduced = error.__reduce_ex__(pickle.DEFAULT_PROTOCOL)
        if not isinstance(reduced, str):
            constructor, arguments, *state = reduced
            dumps((arguments, *state))  # without the class, because an executor may pickle it by value
            constructor(*arguments)
    except Exception as problem:  # noqa: BLE001 - the class may raise anything
        return problem
    return None


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
