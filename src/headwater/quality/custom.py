"""Custom checks: a `Validator`, or a plain function of one argument."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from headwater.errors import short_repr
from headwater.graph.portable import original, portable
from headwater.introspection.callables import bare_signature
from headwater.quality.asynchronous import call_blocking, is_asynchronous
from headwater.quality.errors import InvalidCheck
from headwater.quality.validator import Importance, Validate, ValidationResult, Validator
from headwater.types import typing_rules


@dataclass(frozen=True, slots=True)
class CustomCheck:
    """A custom check defined by a function or an object."""

    name: str
    description: str
    importance: Importance
    applies_to: Callable[[Any], bool]
    validate: Callable[[Any], Any]

    def doc_for(self, node: str) -> str:
        """Return the documentation of the node that computes the check's result."""
        return f"The result of the check `{self.name}` for `{node}`: {self.description}"

    def validate_for(self, type_: Any) -> Validate:
        """Return the check for values of a type.

        Raises:
            InvalidCheck: if the validator does not apply to the type.
        """
        if not self.applies_to(type_):
            raise InvalidCheck(f"`{self.name}` does not apply to values of type {typing_rules.format_type(type_)}.")
        if is_asynchronous(self.validate):
            return AwaitedResult(self.name, self.description, self.validate)
        return NormalizedResult(self.name, self.description, self.validate)


class NormalizedResult:
    """A validator that may return True or False, which is converted to a `ValidationResult`."""

    __slots__ = ("_description", "_name", "_validate")

    def __init__(self, name: str, description: str, validate: Callable[[Any], Any]) -> None:
        self._name = name
        self._description = description
        self._validate = validate

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the validator by value if another process cannot import it by name."""
        return _unpickled, (type(self), self._name, self._description, portable(self._validate))

    def __call__(self, value: Any) -> ValidationResult:
        """Return the result for a value.

        Raises:
            TypeError: if the validator returns neither a `ValidationResult` nor a boolean.
        """
        return _normalized(self._validate(value), value, self._name, self._description)


class AwaitedResult(NormalizedResult):
    """An `async def` validator that may return True or False. A synchronous call blocks until the validator returns."""

    __slots__ = ()

    def __call__(self, value: Any) -> ValidationResult:
        """Return the result for a value. Raises the same errors as `validate_async`."""
        return _normalized(call_blocking(self._validate, value), value, self._name, self._description)

    async def validate_async(self, value: Any) -> ValidationResult:
        """Return the result for a value.

        Raises:
            TypeError: if the validator returns neither a `ValidationResult` nor a boolean.
        """
        return _normalized(await self._validate(value), value, self._name, self._description)


def _unpickled(class_: type[NormalizedResult], name: str, description: str, validate: Any) -> NormalizedResult:
    return class_(name, description, original(validate))


def _normalized(output: Any, value: Any, name: str, description: str) -> ValidationResult:
    if isinstance(output, ValidationResult):
        return output
    if type(output).__name__ not in {"bool", "bool_"}:
        expected = "must return a `ValidationResult`, True or False"
        raise TypeError(f"The validator `{name}` {expected}, but returned {short_repr(output)}.")
    return ValidationResult(bool(output), f"{short_repr(value)}: {description}")


def custom_check(validator: Any, importance: Importance) -> CustomCheck:
    """Create a check from a `Validator` or a function.

    A check from a function has the function's name, without leading underscores. Its description is the first line of the
    function's docstring. The check applies to the annotated type of the first parameter.

    Raises:
        InvalidCheck: if `validator` is neither a `Validator` nor a function of one argument.
    """
    if isinstance(validator, type):
        raise InvalidCheck(f"`{validator.__name__}` is a class. Pass an instance: `{validator.__name__}(...)`.")
    if isinstance(validator, Validator):
        _require_name(validator.name)
        own = getattr(validator, "importance", None) or importance
        return CustomCheck(validator.name, validator.description, own, validator.applies_to, validator.validate)
    name = str(getattr(validator, "__name__", "")).lstrip("_")
    if callable(validator) and name.isidentifier():
        _require_one_value(name, cast("Callable[..., Any]", validator))
        description = inspect.cleandoc(validator.__doc__ or "").partition("\n")[0] or f"`{name}` must be true."
        return CustomCheck(name, description, importance, _FirstAnnotation(cast("Callable[..., Any]", validator)), validator)
    raise InvalidCheck(
        "a validator must be a function of one argument or a `headwater.quality.Validator` (an object with `name`, "
        f"`description`, `applies_to(type)` and `validate(value)`), not {short_repr(validator)}."
    )


def _require_name(name: object) -> None:
    if not isinstance(name, str) or not name.isidentifier():
        raise InvalidCheck(
            f"a validator's `name` becomes part of a node's name, so it must be a Python identifier, not {short_repr(name)}."
        )


def _require_one_value(name: str, function: Callable[..., Any]) -> None:
    try:
        signature = bare_signature(function)
    except ValueError:  # some functions written in C have no signature
        return
    try:
        signature.bind(None)
    except TypeError as error:
        raise InvalidCheck(f"the validator `{name}` cannot be called with one value: {error}.") from None


class _FirstAnnotation:
    """Tests whether a type fits the annotation of a function's first parameter. Without an annotation, every type fits."""

    __slots__ = ("_function",)

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    def __call__(self, type_: Any) -> bool:
        try:  # Python 3.14 evaluates annotations on access
            hints = typing.get_type_hints(self._function) if getattr(self._function, "__annotations__", {}) else {}
        except Exception as error:  # noqa: BLE001 - an annotation can be any expression
            raise InvalidCheck(
                f"the validator `{self._function.__name__}` has an annotation that cannot be resolved: {error}."
            ) from None
        hints.pop("return", None)
        return typing_rules.fits(type_, next(iter(hints.values()), Any))
