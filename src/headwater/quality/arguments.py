"""The arguments of `check_output`, validated before anything runs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from headwater.libraries.support import package_of

ANNOTATION: Final = "annotation"
"""If `schema` or `model` has this value, the schema or model is taken from the function's return annotation."""


def argument_error(name: str, argument: Any) -> str | None:
    """Return the error in a check's argument as text without a final period, or None if the argument is valid."""
    return _ARGUMENT_ERRORS[name](argument)


def _bounds_error(name: str) -> Callable[[Any], str | None]:
    def find_error(argument: Any) -> str | None:
        if not isinstance(argument, tuple | list) or len(argument) != 2:
            return f"`{name}` takes the lowest and the highest value, as in `{name}=(0, 1)`, not {argument!r}"
        low, high = argument
        try:
            return None if low <= high else f"`{name}` takes the lowest value first, but got {argument!r}"
        except TypeError:
            return f"`{name}` takes two values that can be compared, not {argument!r}"

    return find_error


def _false_error(name: str) -> Callable[[Any], str | None]:
    def find_error(argument: Any) -> str | None:
        return None if argument is False else f"`{name}` can only be False. Omit it to skip the check"

    return find_error


def _data_type_error(argument: Any) -> str | None:
    if isinstance(argument, type) or package_of(type(argument)) in {"numpy", "pandas", "polars"}:
        return None
    return f"`data_type` takes a class, as in `data_type=float`, not {argument!r}"


def _values_in_error(argument: Any) -> str | None:
    if isinstance(argument, str) or not isinstance(argument, Collection) or not argument:
        return f"`values_in` takes a list of allowed values, not {argument!r}"
    return None


def _is_number(argument: Any) -> bool:
    return isinstance(argument, int | float) and not isinstance(argument, bool)


def _max_fraction_nans_error(argument: Any) -> str | None:
    if _is_number(argument) and 0 <= argument <= 1:
        return None
    return f"`max_fraction_nans` takes a fraction between 0 and 1, as in `max_fraction_nans=0.05`, not {argument!r}"


def _max_standard_dev_error(argument: Any) -> str | None:
    if _is_number(argument) and argument >= 0:
        return None
    return f"`max_standard_dev` takes a non-negative number, not {argument!r}"


def _strings_error(name: str) -> Callable[[Any], str | None]:
    def find_error(argument: Any) -> str | None:
        strings = [argument] if isinstance(argument, str) else argument
        if isinstance(strings, list | tuple | set | frozenset) and strings and all(isinstance(item, str) for item in strings):
            return None
        return f"`{name}` takes a string or a list of strings, not {argument!r}"

    return find_error


def _library_error(name: str, library: str) -> Callable[[Any], str | None]:
    def find_error(argument: Any) -> str | None:
        class_ = argument if isinstance(argument, type) else type(argument)
        if is_annotation(argument) or library in {package_of(base) for base in class_.__mro__}:
            return None
        return f"`{name}` takes a {library} {name}, or {ANNOTATION!r} to use the return annotation, not {argument!r}"

    return find_error


def is_annotation(argument: Any) -> bool:
    """Return True for "annotation". The type is tested first, because some schemas override `==`."""
    return isinstance(argument, str) and argument == ANNOTATION


_ARGUMENT_ERRORS: Final[Mapping[str, Callable[[Any], str | None]]] = {
    "range": _bounds_error("range"),
    "values_in": _values_in_error,
    "data_type": _data_type_error,
    "allow_none": _false_error("allow_none"),
    "allow_nans": _false_error("allow_nans"),
    "max_fraction_nans": _max_fraction_nans_error,
    "max_standard_dev": _max_standard_dev_error,
    "mean_in_range": _bounds_error("mean_in_range"),
    "contains": _strings_error("contains"),
    "does_not_contain": _strings_error("does_not_contain"),
    "schema": _library_error("schema", "pandera"),
    "model": _library_error("model", "pydantic"),
}

CHECKS: Final = tuple(_ARGUMENT_ERRORS)
"""The names of the built-in checks."""
