"""The arguments that `check_output` knows, checked before anything runs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final


def fault_of(name: str, argument: Any) -> str | None:
    """What is wrong with an argument of a check, or None if nothing is."""
    return _FAULTS[name](argument)


def _range_fault(argument: Any) -> str | None:
    if not isinstance(argument, tuple | list) or len(argument) != 2:
        return f"`range` takes the lowest and the highest value, as in `range=(0, 1)`, and not {argument!r}"
    low, high = argument
    try:
        return None if low <= high else f"`range` has its lowest value above its highest: {argument!r}"
    except TypeError:
        return f"`range` takes two values that can be compared, and not {argument!r}"


def _allow_nans_fault(argument: Any) -> str | None:
    return None if argument is False else "`allow_nans=False` is a check; anything else would check nothing, so leave it out"


def _data_type_fault(argument: Any) -> str | None:
    return None if isinstance(argument, type) else f"`data_type` takes a class, as in `data_type=float`, and not {argument!r}"


def _values_in_fault(argument: Any) -> str | None:
    if isinstance(argument, str) or not isinstance(argument, Collection) or not argument:
        return f"`values_in` takes a list of the values that may occur, and not {argument!r}"
    return None


_FAULTS: Final[Mapping[str, Callable[[Any], str | None]]] = {
    "range": _range_fault,
    "allow_nans": _allow_nans_fault,
    "data_type": _data_type_fault,
    "values_in": _values_in_fault,
}

CHECKS: Final = tuple(_FAULTS)
"""The names of the checks, in the order in which they are made."""
