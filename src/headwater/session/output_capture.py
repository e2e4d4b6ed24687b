"""What a dataflow prints while it runs, captured and capped."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from headwater.session.console import without_console

if TYPE_CHECKING:
    from collections.abc import Generator

LIMIT: Final = 20_000
"""Characters that are kept; what is printed after them is only counted."""


class CappedText:
    """A text that keeps its beginning: a function that prints without end costs no memory."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._parts: list[str] = []
        self._kept = 0
        self._cut = 0

    def write(self, text: str) -> int:
        """Keep what still fits."""
        head = text[: self._limit - self._kept]
        if head:
            self._parts.append(head)
            self._kept += len(head)
        self._cut += len(text) - len(head)
        return len(text)

    @property
    def text(self) -> str:
        """What was printed, and how much of it is not here."""
        said = "".join(self._parts).encode("utf-8", "replace").decode("utf-8")
        return f"{said}\n… {self._cut:,} more characters were printed" if self._cut else said


class _CurrentOutput(io.TextIOBase):
    """Passes on what is printed to whoever catches it now.

    There is one for all times: a logger that was set up during one run still writes where the next run looks.
    """

    def __init__(self) -> None:
        self.streams: list[CappedText] = []

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """Anything can be printed."""
        return "utf-8"

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, text: str, /) -> int:
        """Pass it on; outside of a run, to where a program's errors go."""
        if self.streams:
            return self.streams[-1].write(text)
        return sys.__stderr__.write(text) if sys.__stderr__ is not None else len(text)


_CURRENT: Final = _CurrentOutput()


@contextmanager
def capture_output(stream: CappedText | None = None) -> Generator[CappedText]:
    """Catch what is printed to the standard output and the standard error meanwhile; see `without_console` for the input."""
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
