"""What an exception raised by a user's function is given on its way out: a note, and a traceback without our own frames."""

from __future__ import annotations

import os.path
from collections.abc import Sequence
from types import TracebackType
from typing import Any

from headwater.errors import short_repr
from headwater.graph.node import Node

PROGRAM_FILE = "<headwater plan>"
"""The file name of compiled plans."""

_PACKAGE = __file__.removesuffix(os.path.join("execution", "failure.py"))  # noqa: PTH118 - importing pathlib takes 5 ms


def add_node_note(error: BaseException, node: Node, values: Sequence[Any]) -> None:
    """Adds a note that names the node, its location and the values that its function was called with."""
    lines = [f"Raised in node `{node.name}` ({node.location})"]
    if node.arguments:
        lines[0] += ", called with"
        lines += [
            f"  {argument.parameter} = {short_repr(value)}" for argument, value in zip(node.arguments, values, strict=True)
        ]
    error.add_note("\n".join(lines))


def is_internal(file: str) -> bool:
    """Whether a frame of this file is this package's, or a compiled plan's."""
    return file == PROGRAM_FILE or file.startswith(_PACKAGE)


def user_traceback(traceback: TracebackType | None) -> TracebackType | None:
    """A traceback without the frames of this package and of compiled plans."""
    kept: list[TracebackType] = []
    while traceback is not None:
        if not is_internal(traceback.tb_frame.f_code.co_filename):
            kept.append(traceback)
        traceback = traceback.tb_next
    result: TracebackType | None = None
    for frame in reversed(kept):
        result = TracebackType(result, frame.tb_frame, frame.tb_lasti, frame.tb_lineno)
    return result
