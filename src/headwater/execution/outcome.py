"""What became of a node in a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Succeeded:
    """The node's function made a value."""

    value: Any


@dataclass(frozen=True, slots=True)
class Reused:
    """A store had the value."""

    value: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """There is no value, and the fault is the node's own."""

    error: BaseException | None = None
    """What the function raised. None if it was not called: what is given for the node, or for a parameter of it, is wrong."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """The function was not called: nodes that it reads have no value."""

    because: tuple[str, ...]
    """These nodes, in the order of the function's parameters."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The function was not called: it needs inputs that have no value."""

    inputs: tuple[str, ...]


Outcome = Succeeded | Reused | Failed | Skipped | Waiting
Lost = Failed | Skipped | Waiting
"""The outcomes without a value."""
