"""`Exercise`: the parts of a lesson's step that its check needs, and the learner's answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mutant:
    """A faulty version of the dataflow, which the learner's tests should detect."""

    fault: str
    """The fault, in a sentence."""
    files: Mapping[str, str]
    """The modules that differ from the start."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """A check with its context."""

    check: str
    """Python code; see `vocabulary.py` for the names that it can use."""
    start: Mapping[str, str] = field(default_factory=dict[str, str])
    """The modules with which the step starts. The data files are those of the session."""
    selected: frozenset[str] = frozenset()
    """The nodes that the learner has selected or predicted."""
    mutants: Sequence[Mutant] = ()
