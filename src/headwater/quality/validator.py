"""What a check is, and what it says of a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """What one check says of one value.

    `message` is a full sentence without the node's name; `diagnostics` holds what it was decided from (counts, examples).
    """

    passes: bool
    message: str
    diagnostics: Mapping[str, Any] = field(default_factory=dict)


Validator = Callable[[Any], ValidationResult]
"""Checks one property of a value: looks at it, never changes it, and never raises for a value that is merely wrong."""
