"""Finds what makes a check, by the type of the value to be checked."""

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

_LOOKING_AT_ANNOTATIONS: Final = {"schema": schema_validate, "model": model_validate}


def validate_for(name: str, argument: Any, type_: Any) -> Validate:
    """What makes a check with its argument.

    Where the type does not tell (`Any`, a union), the class of each value decides.

    Raises:
        InvalidCheck: values of the type cannot be checked so.
    """
    if name in _LOOKING_AT_ANNOTATIONS:
        return _LOOKING_AT_ANNOTATIONS[name](argument, type_)
    classes = typing_rules.classes_of(type_)
    if classes is None:
        return ClassDispatch(name, argument)
    found = [_for_class(name, argument, class_) for class_ in classes]
    if not all(found):
        raise InvalidCheck(f"`{name}` cannot check a value of type {typing_rules.format_type(type_)}.")
    return found[0] if len(found) == 1 and found[0] else ClassDispatch(name, argument)


class ClassDispatch:
    """A check of values of which only the class tells what is to be done."""

    __slots__ = ("_argument", "_name")

    def __init__(self, name: str, argument: Any) -> None:
        self._name = name
        self._argument = argument

    def __call__(self, value: Any) -> ValidationResult:
        """What the check for the value's class says; a value that it cannot look at does not pass."""
        validate = _for_class(self._name, self._argument, type(value))
        if validate is None:
            return ValidationResult(False, f"A value of type {type(value).__name__} cannot be checked so.")
        return validate(value)


def _for_class(name: str, argument: Any, class_: type) -> Validate | None:
    library = column_library(class_)
    if library is not None and name in COLUMN_CHECKS:
        return _Guarded(_ColumnCheck(COLUMN_CHECKS[name](argument), library), (name, argument, class_))
    if name not in SCALAR_CHECKS or not SCALAR_CHECKS[name].takes(class_):
        return None
    return _Guarded(SCALAR_CHECKS[name].make(argument), (name, argument, class_))


class _ColumnCheck:
    """A check of a column of some library."""

    __slots__ = ("_library", "_validate")

    def __init__(self, validate: ColumnValidate, library: ColumnLibrary) -> None:
        self._validate = validate
        self._library = library

    def __call__(self, value: Any) -> ValidationResult:
        if not isinstance(value, self._library.COLUMN_CLASS):
            return ValidationResult(False, f"{short_repr(value)} is no {self._library.COLUMN_CLASS.__name__}.")
        return self._validate(self._library.column(value))


class _Guarded:
    """A check for which a value that cannot be looked at so, such as a text that is compared with numbers, does not pass."""

    __slots__ = ("_asked", "_validate")

    def __init__(self, validate: Callable[[Any], ValidationResult], asked: tuple[str, Any, type]) -> None:
        self._validate = validate
        self._asked = asked

    def __call__(self, value: Any) -> ValidationResult:
        try:
            return self._validate(value)
        except Exception as error:  # noqa: BLE001 - each library raises errors of its own for dtypes that do not compare
            return ValidationResult(False, f"It cannot be checked so: {type(error).__name__}: {error}", {"error": error})

    def __reduce__(self) -> tuple[object, ...]:
        """The check by its name, its argument and the class of values: what it is made of may be known to one process only."""
        return _for_class, self._asked
