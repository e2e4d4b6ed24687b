"""`ValueFiles`: storage for values that are too long for readable code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol


class ValueFiles(Protocol):
    """Files that generated code reads."""

    def add_text(self, name: str, suffix: str, text: str) -> str:
        """Add a file and return the expression for its path.

        Raises:
            NotWritable: if the file is too large.
        """
        ...

    def add_json(self, name: str, text: str) -> str:
        """Add a value as JSON and return the expression that evaluates to the value.

        Raises:
            NotWritable: if the value is too large.
        """
        ...

    def names(self) -> Mapping[str, Any]:
        """Return the namespace for evaluating the expressions, with the objects that read the added files."""
        ...

    def snapshot(self) -> object:
        """Return the current state of the files, which can be compared and restored."""
        ...

    def restore(self, snapshot: object) -> None:
        """Remove everything added after a snapshot."""
        ...
