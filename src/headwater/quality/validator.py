"""The result of a check, and the protocol for custom validators."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Protocol, runtime_checkable

CHECK_TAG: Final = "headwater.check"
"""The tag of nodes that compute a `ValidationResult`. The value of the tag is the name of the check."""

Importance = Literal["warn", "fail"]
"""The effect of a failed check: a `CheckWarning`, or a `ChecksFailed` error."""


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """The result of one check for one value.

    `message` is a full sentence without the name of the node. `diagnostics` holds details, such as counts and examples.
    """

    passes: bool
    message: str
    diagnostics: Mapping[str, Any] = field(default_factory=dict)


Validate = Callable[[Any], ValidationResult]
"""A check of one property of a value. It must not change the value, and must not raise an error for a wrong value."""


ValidatorOutput = ValidationResult | bool
"""The possible return values of a custom validator."""


@runtime_checkable
class Validator(Protocol):
    """A custom check for `check_output_custom` and `checks`. Often a plain function is enough.

    A validator may have an `importance` attribute ("warn" or "fail"), which overrides the decorator's importance.

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
        """Return the check's name, for messages and for the `{node}_{name}_validator` node."""
        ...

    @property
    def description(self) -> str:
        """Return one sentence that describes the check."""
        ...

    def applies_to(self, type_: Any) -> bool:
        """Return True if the check supports values of the annotated type `type_`."""
        ...

    def validate(self, value: Any) -> ValidatorOutput | Awaitable[ValidatorOutput]:
        """Return the result for a value. May be `async def`."""
        ...


CustomValidator = Validator | Callable[[Any], ValidatorOutput | Awaitable[ValidatorOutput]]
"""An argument of `check_output_custom` and `checks`: a `Validator` or a function of one argument."""
