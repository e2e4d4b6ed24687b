"""The outcome of a node in a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Succeeded:
    """The node's function returned a value."""

    value: Any


@dataclass(frozen=True, slots=True)
class Reused:
    """The store had a value that is still valid."""

    value: Any
    """The value, or `NOT_LOADED` if the run does not need it."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The node has no value because its function raised or the request check found an error in the node."""

    error: BaseException | None = None
    """The exception that the function raised. None if the request check found the error, so the function was not called."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """The function was not called because nodes that it depends on have no value."""

    because: tuple[str, ...]
    """The names of the nodes without a value, in the order of the function's parameters."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The function was not called because inputs are missing."""

    inputs: tuple[str, ...]


Outcome = Succeeded | Reused | Failed | Skipped | Waiting
Unavailable = Failed | Skipped | Waiting
"""The outcomes without a value."""
