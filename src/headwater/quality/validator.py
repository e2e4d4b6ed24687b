"""What a check says of a value, and what a validator of one's own has to be."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Protocol, runtime_checkable

CHECK_TAG: Final = "headwater.check"
"""The tag of nodes that hold a `ValidationResult`; its value is the name of the check."""

Importance = Literal["warn", "fail"]
"""What a check that does not pass comes to: a `CheckWarning`, or `ChecksFailed`."""


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """What one check says of one value.

    `message` is a full sentence without the node's name; `diagnostics` holds what it was decided from (counts, examples).
    """

    passes: bool
    message: str
    diagnostics: Mapping[str, Any] = field(default_factory=dict)


Validate = Callable[[Any], ValidationResult]
"""Checks one property of a value: looks at it, never changes it, and never raises for a value that is merely wrong."""


ValidatorOutput = ValidationResult | bool
"""What a check of one's own may return."""


@runtime_checkable
class Validator(Protocol):
    """A check of one's own, for `check_output_custom` and `checks`; a plain function will often do instead.

    A validator may have an attribute `importance` ("warn" or "fail"), which then counts instead of the decorator's.

    >>> class UpTo:
    ...     name = "up_to"
    ...     def __init__(self, limit):
    ...         self.limit = limit
    ...         self.description = f"The value is at most {limit}."
    ...     def applies_to(self, type_):
    ...         return type_ in (int, float)
    ...     def validate(self, value):
    ...         return ValidationResult(value <= self.limit, f"{value} is compared with {self.limit}.")
    >>> isinstance(UpTo(3), Validator)
    True
    """

    @property
    def name(self) -> str:
        """What it is called in the name of its node, `{node}_{name}_validator`, and in messages."""
        ...

    @property
    def description(self) -> str:
        """One sentence that says what it checks."""
        ...

    def applies_to(self, type_: Any) -> bool:
        """True if it can check values of a type, as a function's annotation says it."""
        ...

    def validate(self, value: Any) -> ValidatorOutput | Awaitable[ValidatorOutput]:
        """What it says of a value; may be `async def`."""
        ...


CustomValidator = Validator | Callable[[Any], ValidatorOutput | Awaitable[ValidatorOutput]]
"""What `check_output_custom` and `checks` take: a `Validator`, or a function of one value."""
