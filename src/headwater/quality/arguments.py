"""The arguments that `check_output` knows, checked before anything runs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from headwater.libraries.support import package_of

ANNOTATION: Final = "annotation"
"""Given as `schema` or `model`: take the one that the function is annotated to return."""


def argument_error(name: str, argument: Any) -> str | None:
    """What is wrong with an argument of a check, or None if nothing is."""
    return _ARGUMENT_ERRORS[name](argument)


def _bounds_error(name: str) -> Callable[[Any], str | None]:
    def fault(argument: Any) -> str | None:
        if not isinstance(argument, tuple | list) or len(argument) != 2:
            return f"`{name}` takes the lowest and the highest value, as in `{name}=(0, 1)`, and not {argument!r}"
        low, high = argument
        try:
            return None if low <= high else f"`{name}` has its lowest value above its highest: {argument!r}"
        except TypeError:
            return f"`{name}` takes two values that can be compared, and not {argument!r}"

    return fault


def _false_error(name: str) -> Callable[[Any], str | None]:
    def fault(argument: Any) -> str | None:
        return None if argument is False else f"`{name}=False` is a check; anything else would check nothing, so leave it out"

    return fault


def _data_type_error(argument: Any) -> str | None:
    if isinstance(argument, type) or package_of(type(argument)) in {"numpy", "pandas", "polars"}:
        return None
    return f"`data_type` takes a class, as in `data_type=float`, and not {argument!r}"


def _values_in_error(argument: Any) -> str | None:
    if isinstance(argument, str) or not isinstance(argument, Collection) or not argument:
        return f"`values_in` takes a list of the values that may occur, and not {argument!r}"
    return None


def _is_number(argument: Any) -> bool:
    return isinstance(argument, int | float) and not isinstance(argument, bool)


def _max_fraction_nans_error(argument: Any) -> str | None:
    if _is_number(argument) and 0 <= argument <= 1:
        return None
    return f"`max_fraction_nans` takes a fraction between 0 and 1, as in `max_fraction_nans=0.05`, and not {argument!r}"


def _max_standard_dev_error(argument: Any) -> str | None:
    if _is_number(argument) and argument >= 0:
        return None
    return f"`max_standard_dev` takes a number that is not below 0, and not {argument!r}"


def _texts_error(name: str) -> Callable[[Any], str | None]:
    def fault(argument: Any) -> str | None:
        texts = [argument] if isinstance(argument, str) else argument
        if isinstance(texts, list | tuple | set | frozenset) and texts and all(isinstance(text, str) for text in texts):
            return None
        return f"`{name}` takes a text or a list of texts, and not {argument!r}"

    return fault


def _library_error(name: str, library: str, example: str) -> Callable[[Any], str | None]:
    def fault(argument: Any) -> str | None:
        class_ = argument if isinstance(argument, type) else type(argument)
        if is_annotation(argument) or library in {package_of(base) for base in class_.__mro__}:
            return None
        reason = (
            f"`{name}` takes {example} of {library}, or {ANNOTATION!r} for the one that the function is annotated to return"
        )
        return f"{reason}, and not {argument!r}"

    return fault


def is_annotation(argument: Any) -> bool:
    """True for "annotation"; schemas have an `==` of their own, which other things break."""
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
    "contains": _texts_error("contains"),
    "does_not_contain": _texts_error("does_not_contain"),
    "schema": _library_error("schema", "pandera", "a schema"),
    "model": _library_error("model", "pydantic", "a model"),
}

CHECKS: Final = tuple(_ARGUMENT_ERRORS)
"""The names of the checks."""
