"""Values of classes in the standard library that constant expressions may create: dates, durations, exact numbers and paths."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any, Final

from headwater.outline.constant_values import INTEGERS, SCALARS, UnknownValue, of_type

_CLASSES: Final = frozenset(
    {f"datetime.{name}" for name in ("date", "datetime", "time", "timedelta")}
    | {f"pathlib.{name}" for name in ("Path", "PurePath", "PurePosixPath", "PureWindowsPath")}
    | {"decimal.Decimal", "fractions.Fraction"}
)
_METHODS: Final = frozenset({"datetime.date.fromisoformat", "datetime.datetime.fromisoformat", "datetime.time.fromisoformat"})


def is_standard_call(name: str) -> bool:
    """Return whether a full name refers to a class or method of the standard library that constant expressions may call."""
    return name in _CLASSES or name in _METHODS


def call_standard(name: str, arguments: Sequence[Any], keywords: Mapping[str, Any]) -> Any:
    """Return the result of a call. None of these calls depends on anything but its arguments.

    Raises:
        UnknownValue: an argument is not a number or a string.
        Exception: the call is invalid.
    """
    values = (*arguments, *keywords.values())
    for value in values:
        # `Fraction("1e999999")` would compute a huge number.
        of_type(value, INTEGERS if name == "fractions.Fraction" else SCALARS)
    module, _, path = name.partition(".")
    function: Callable[..., Any] = attrgetter(path)(importlib.import_module(module))
    try:
        return function(*arguments, **keywords)
    except Exception as error:
        raise UnknownValue from error
