"""What a dataflow prints while it runs, caught and capped."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Generator

LIMIT: Final = 20_000
"""Characters that are kept; what is printed after them is only counted."""


class CappedText(io.TextIOBase):
    """A text stream that keeps its beginning: a function that prints without end costs no memory."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._parts: list[str] = []
        self._kept = 0
        self._cut = 0

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """Anything can be printed."""
        return "utf-8"

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, text: str, /) -> int:
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
        # A stream that is read as it grows stays one text.
        self._parts = ["".join(self._parts)]
        said = self._parts[0].encode("utf-8", "replace").decode("utf-8")
        return f"{said}\n… {self._cut:,} more characters were printed" if self._cut else said


@contextmanager
def caught(stream: CappedText | None = None) -> Generator[CappedText]:
    """Catch what is printed to the standard output and the standard error meanwhile."""
    stream = CappedText() if stream is None else stream
    before = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = stream
    try:
        yield stream
    finally:
        sys.stdout, sys.stderr = before
