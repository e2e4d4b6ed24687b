"""The outcome of a node in a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal


class _NotKept:
    """The type of `NOT_KEPT`."""

    def __repr__(self) -> str:
        return "<not kept>"

    def __reduce__(self) -> str:
        return "NOT_KEPT"


NOT_KEPT: Final = _NotKept()
"""Replaces the values of a mapped function in a run if only functions in the same step read these values."""


@dataclass(frozen=True, slots=True)
class Succeeded:
    """The node's function returned a value."""

    value: Any
    """The value, or `NOT_KEPT`."""


@dataclass(frozen=True, slots=True)
class Reused:
    """The store had a value that is still valid."""

    value: Any
    """The value, or `NOT_LOADED` if the run does not need it."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The node has no value, either because its function raised an exception or because the request check rejected the node."""

    error: BaseException | None = None
    """The exception that the function raised. None if the request check rejected the node, so the function was not called."""


@dataclass(frozen=True, slots=True)
class FailedInProgram(Failed):
    """The failure of one of several functions that were called for an element."""

    name: str = ""
    """The name of the node that failed."""


@dataclass(frozen=True, slots=True)
class Undelivered(Failed):
    """The executor could not make the call, or lost its outcome. The function might not have been called."""


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

OutcomeState = Literal["succeeded", "reused", "failed", "skipped", "waiting"]


def state_of(outcome: Outcome) -> OutcomeState:
    """Return the state of a node that has this outcome. It does not depend on where the function was called."""
    match outcome:
        case Succeeded():
            return "succeeded"
        case Reused():
            return "reused"
        case Failed():
            return "failed"
        case Skipped():
            return "skipped"
        case Waiting():
            return "waiting"
