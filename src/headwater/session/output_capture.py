"""Captures the text that a dataflow prints, up to a limit."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from headwater.session.console import without_console

if TYPE_CHECKING:
    from collections.abc import Generator

MAX_CHARACTERS: Final = 20_000
"""The maximum number of characters to store. Later characters are only counted."""


class CappedText:
    """A stream that stores only the first characters, so a function that prints endlessly does not exhaust memory."""

    def __init__(self, limit: int = MAX_CHARACTERS) -> None:
        self._limit = limit
        self._parts: list[str] = []
        self._length = 0
        self._cut = 0

    def write(self, text: str) -> int:
        """Append the part of the text that fits."""
        head = text[: self._limit - self._length]
        if head:
            self._parts.append(head)
            self._length += len(head)
        self._cut += len(text) - len(head)
        return len(text)

    @property
    def text(self) -> str:
        """The printed text. If it was truncated, it ends with the number of omitted characters."""
        text = "".join(self._parts).encode("utf-8", "replace").decode("utf-8")
        return f"{text}\n… {self._cut:,} more characters were printed" if self._cut else text


class _CurrentOutput(io.TextIOBase):
    """A stream that forwards printed text to the innermost capture.

    There is only one instance, so a logger that was configured in one run also writes to the capture of the next run.
    """

    def __init__(self) -> None:
        self.streams: list[CappedText] = []

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The encoding: UTF-8, which can encode all characters."""
        return "utf-8"

    def writable(self) -> bool:
        """Return True, because text can be written."""
        return True

    def write(self, text: str, /) -> int:
        """Forward text. Without a capture, write it to the process's standard error."""
        if self.streams:
            return self.streams[-1].write(text)
        return sys.__stderr__.write(text) if sys.__stderr__ is not None else len(text)


_CURRENT: Final = _CurrentOutput()


@contextmanager
def capture_output(stream: CappedText | None = None) -> Generator[CappedText]:
    """Capture standard output and standard error. Also apply `without_console`."""
    stream = CappedText() if stream is None else stream
    before = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = _CURRENT
    _CURRENT.streams.append(stream)
    try:
        with without_console():
            yield stream
    finally:
        _CURRENT.streams.pop()
        sys.stdout, sys.stderr = before
