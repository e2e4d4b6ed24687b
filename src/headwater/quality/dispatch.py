"""Implementations of a check, selected by the type of the value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from headwater.errors import short_repr
from headwater.libraries.table import ColumnLibrary, column_library
from headwater.quality.columns import COLUMN_CHECKS, ColumnValidate
from headwater.quality.errors import InvalidCheck
from headwater.quality.scalars import SCALAR_CHECKS
from headwater.quality.schemas import model_validate, schema_validate
from headwater.quality.validator import Validate, ValidationResult
from headwater.types import typing_rules

_ANNOTATION_CHECKS: Final = {"schema": schema_validate, "model": model_validate}


def validate_for(name: str, argument: Any, type_: Any) -> Validate:
    """Return the implementation of a check for values of a type.

    For `Any` and unions, the class of each value determines the implementation.

    Raises:
        InvalidCheck: if the check does not support the type.
    """
    if name in _ANNOTATION_CHECKS:
        return _ANNOTATION_CHECKS[name](argument, type_)
    classes = typing_rules.classes_of(type_)
    if classes is None:
        return ClassDispatch(name, argument)
    checks = [_for_class(name, argument, class_) for class_ in classes]
    if not all(checks):
        raise InvalidCheck(f"`{name}` cannot check a value of type {typing_rules.format_type(type_)}.")
    return checks[0] if len(checks) == 1 and checks[0] else ClassDispatch(name, argument)


class ClassDispatch:
    """A check that selects its implementation by the class of each value."""

    __slots__ = ("_argument", "_name")

    def __init__(self, name: str, argument: Any) -> None:
        self._name = name
        self._argument = argument

    def __call__(self, value: Any) -> ValidationResult:
        """Return the result for a value. A value of an unsupported class does not pass."""
        validate = _for_class(self._name, self._argument, type(value))
        if validate is None:
            return ValidationResult(False, f"`{self._name}` cannot check a value of type {type(value).__name__}.")
        return validate(value)


def _for_class(name: str, argument: Any, class_: type) -> Validate | None:
    library = column_library(class_)
    if library is not None and name in COLUMN_CHECKS:
        return _Guarded(_ColumnCheck(COLUMN_CHECKS[name](argument), library), (name, argument, class_))
    if name not in SCALAR_CHECKS or not SCALAR_CHECKS[name].accepts(class_):
        return None
    return _Guarded(SCALAR_CHECKS[name].make(argument), (name, argument, class_))


class _ColumnCheck:
    """A check of a column object from one library."""

    __slots__ = ("_library", "_validate")

    def __init__(self, validate: ColumnValidate, library: ColumnLibrary) -> None:
        self._validate = validate
        self._library = library

    def __call__(self, value: Any) -> ValidationResult:
        if not isinstance(value, self._library.COLUMN_CLASS):
            return ValidationResult(False, f"{short_repr(value)} is not a {self._library.COLUMN_CLASS.__name__}.")
        return self._validate(self._library.column(value))


class _Guarded:
    """A check that fails instead of raising if it cannot be evaluated, for example when a string is compared with numbers."""

    __slots__ = ("_arguments", "_validate")

    def __init__(self, validate: Callable[[Any], ValidationResult], arguments: tuple[str, Any, type]) -> None:
        self._validate = validate
        self._arguments = arguments

    def __call__(self, value: Any) -> ValidationResult:
        try:
            return self._validate(value)
        except Exception as error:  # noqa: BLE001 - each library raises its own errors for dtypes that cannot be compared
            reason = f"The check cannot be evaluated: {type(error).__name__}: {error}"
            return ValidationResult(False, reason, {"error": error})

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the check's arguments, because its implementation may exist only in this process."""
        return _for_class, self._arguments
