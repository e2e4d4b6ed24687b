"""`Exercise`: the parts of a lesson step that the step's check needs, and the learner's answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mutant:
    """A faulty version of the dataflow, which the learner's tests should detect."""

    fault: str
    """A sentence that describes the fault."""
    files: Mapping[str, str]
    """The modules that differ from the starting code."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """A check with its context."""

    check: str
    """Python code; see `vocabulary.py` for the names that it can use."""
    start: Mapping[str, str] = field(default_factory=dict[str, str])
    """The modules at the start of the step. The data files come from the session."""
    selected: frozenset[str] = frozenset()
    """The nodes that the learner has selected or predicted."""
    mutants: Sequence[Mutant] = ()
