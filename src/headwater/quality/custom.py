"""Checks of one's own: a `Validator`, or a plain function of one value."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from headwater.errors import short_repr
from headwater.graph.portable import original, portable
from headwater.introspection.callables import bare_signature
from headwater.quality.asynchronous import BlockingCall, is_asynchronous
from headwater.quality.errors import InvalidCheck
from headwater.quality.validator import Importance, Validate, ValidationResult, Validator
from headwater.types import typing_rules


@dataclass(frozen=True, slots=True)
class CustomCheck:
    """A check of somebody's own."""

    name: str
    description: str
    importance: Importance
    applies_to: Callable[[Any], bool]
    validate: Callable[[Any], Any]

    def doc_for(self, node: str) -> str:
        """The documentation of the node that holds the result."""
        return f"What the check `{self.name}` says of `{node}`: {self.description}"

    def validate_for(self, type_: Any) -> Validate:
        """What makes the check for values of a type.

        Raises:
            InvalidCheck: the validator says that it does not apply to the type.
        """
        if not self.applies_to(type_):
            raise InvalidCheck(f"`{self.name}` does not apply to a value of type {typing_rules.format_type(type_)}.")
        validate = BlockingCall(self.name, self.validate) if is_asynchronous(self.validate) else self.validate
        return NormalizedResult(self.name, self.description, validate)


class NormalizedResult:
    """A validator's answer as a `ValidationResult`: a plain True or False is put into words."""

    __slots__ = ("_description", "_name", "_validate")

    def __init__(self, name: str, description: str, validate: Callable[[Any], Any]) -> None:
        self._name = name
        self._description = description
        self._validate = validate

    def __reduce__(self) -> tuple[Any, ...]:
        """Send the validator to another process by value if it is not found there by its name."""
        return _normalized_result, (self._name, self._description, portable(self._validate))

    def __call__(self, value: Any) -> ValidationResult:
        """The answer.

        Raises:
            TypeError: it is neither a `ValidationResult` nor a truth value.
        """
        answer = self._validate(value)
        if isinstance(answer, ValidationResult):
            return answer
        if type(answer).__name__ not in {"bool", "bool_"}:
            wanted = "has to return a `ValidationResult`, True or False"
            raise TypeError(f"The validator `{self._name}` {wanted}, and returned {short_repr(answer)}.")
        return ValidationResult(bool(answer), f"{short_repr(value)}: {self._description}")


def _normalized_result(name: str, description: str, validate: Any) -> NormalizedResult:
    return NormalizedResult(name, description, original(validate))


def custom_check(validator: Any, importance: Importance) -> CustomCheck:
    """A check made from a `Validator` or a function.

    Of a function, the name (without `_` before it) is the check's, the first parameter's annotation says what it applies to,
    and the first line of its docstring is the description.

    Raises:
        InvalidCheck: for anything else.
    """
    if isinstance(validator, type):
        raise InvalidCheck(f"`{validator.__name__}` is a class: hand over an instance, `{validator.__name__}(...)`.")
    if isinstance(validator, Validator):
        _require_name(validator.name)
        own = getattr(validator, "importance", None) or importance
        return CustomCheck(validator.name, validator.description, own, validator.applies_to, validator.validate)
    name = str(getattr(validator, "__name__", "")).lstrip("_")
    if callable(validator) and name.isidentifier():
        _require_one_value(name, cast("Callable[..., Any]", validator))
        described = inspect.cleandoc(validator.__doc__ or "").partition("\n")[0] or f"`{name}` is wanted."
        return CustomCheck(name, described, importance, _FirstAnnotation(cast("Callable[..., Any]", validator)), validator)
    raise InvalidCheck(
        "a validator is a function of one value, or has a `name`, a `description`, `applies_to(type)` and `validate(value)` as "
        f"`headwater.quality.Validator` says; and it is not {short_repr(validator)}."
    )


def _require_name(name: object) -> None:
    if not isinstance(name, str) or not name.isidentifier():
        raise InvalidCheck(f"a validator's `name` is part of a node's name, one word as in Python, and not {short_repr(name)}.")


def _require_one_value(name: str, function: Callable[..., Any]) -> None:
    try:
        signature = bare_signature(function)
    except ValueError:  # some functions that are written in C do not say
        return
    try:
        signature.bind(None)
    except TypeError as error:
        raise InvalidCheck(f"the validator `{name}` cannot be called with one value: {error}.") from None


class _FirstAnnotation:
    """Whether a type is what the first parameter of a function is annotated with; without an annotation, each is."""

    __slots__ = ("_function",)

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    def __call__(self, type_: Any) -> bool:
        try:  # Python 3.14 evaluates annotations when they are asked for
            hints = typing.get_type_hints(self._function) if getattr(self._function, "__annotations__", {}) else {}
        except Exception as error:  # noqa: BLE001 - an annotation is any expression
            raise InvalidCheck(
                f"the validator `{self._function.__name__}` has an annotation that cannot be resolved: {error}."
            ) from None
        hints.pop("return", None)
        return typing_rules.fits(type_, next(iter(hints.values()), Any))
