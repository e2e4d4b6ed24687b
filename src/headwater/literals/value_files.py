"""`ValueFiles`: where the code of a value keeps what would be too long to read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol


class ValueFiles(Protocol):
    """Files beside the code, which the code reads."""

    def add_text(self, name: str, suffix: str, text: str) -> str:
        """Add a file; returns the expression for its path.

        Raises:
            NotWritable: it is too large.
        """
        ...

    def add_json(self, name: str, text: str) -> str:
        """Add a value as JSON; returns the expression that evaluates to it.

        Raises:
            NotWritable: it is too large.
        """
        ...

    def names(self) -> Mapping[str, Any]:
        """The names that the expressions use, bound to objects that read what was added."""
        ...

    def snapshot(self) -> object:
        """What the files hold now, to be compared and restored."""
        ...

    def restore(self, snapshot: object) -> None:
        """Drop what was added after a snapshot."""
        ...
