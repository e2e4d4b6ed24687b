"""The type of an input that several functions read: what all of them take, whatever their order."""

from __future__ import annotations

import typing
from collections.abc import Sequence
from typing import Any, TypeVar

from headwater.types.type_forms import AllOf, LiteralValue, as_type, bound_of, members, union_of, unwrap
from headwater.types.type_names import format_type
from headwater.types.typing_rules import class_of, fits, is_subclass, member_fits


def common_type(types_: Sequence[Any]) -> Any:
    """The type of the values that are of all these types, whatever their order; `Never` where no value is.

    >>> common_type([int | str, str | bytes]), common_type([float, int]), common_type([int, str])
    (<class 'str'>, <class 'int'>, typing.Never)
    """
    ordered = sorted(types_, key=lambda type_: format_type(type_, qualified=True))
    found = ordered[0]
    for other in ordered[1:]:
        found = _of_both(found, other)
    return found


def _of_both(first: Any, second: Any) -> Any:
    """The type of the values that are of both types; `Never` where none is."""
    first, second = _asked_for(first), _asked_for(second)
    if first is Any or first is object:
        return second
    if second is Any or second is object:
        return first
    if first == second:
        return first
    narrower = [one for one, other in ((first, second), (second, first)) if fits(one, other)]
    if narrower:
        # Of two that fit each other, such as `list` and `list[int]`, the one that says more.
        return max(narrower, key=lambda type_: len(typing.get_args(type_)))
    parts = [_member_of_both(one, other) for one in members(unwrap(first)) for other in members(unwrap(second))]
    present = [part for part in parts if part is not typing.Never]
    if not present:
        return typing.Never
    joined: Any = present[0] if len(present) == 1 else union_of(present)
    return joined


def _asked_for(type_: Any) -> Any:
    """What a reader asks for: of a type variable, its bound."""
    meant = unwrap(type_)
    if isinstance(meant, TypeVar):
        return bound_of(meant)
    return meant if meant is Any else type_


def _member_of_both(first: Any, second: Any) -> Any:
    for one, other in ((first, second), (second, first)):
        if member_fits(one, other, {}):
            return as_type(one)
    if isinstance(first, LiteralValue) or isinstance(second, LiteralValue):
        return typing.Never
    flat = tuple(part for one in (first, second) for part in (one.types if isinstance(one, AllOf) else (one,)))
    return AllOf(flat) if all(_is_abstract(class_of(part)) for part in flat) and _is_unrelated(flat) else typing.Never


def _is_abstract(class_: Any) -> bool:
    """True for protocols and abstract classes, of which a value may satisfy several."""
    return isinstance(class_, type) and (
        getattr(class_, "_is_protocol", False) or bool(getattr(class_, "__abstractmethods__", ()))
    )


def _is_unrelated(types_: Sequence[Any]) -> bool:
    """True if none of these types' classes is a base of another: then their arguments have nothing to do with each other."""
    classes = [class_of(type_) for type_ in types_]
    return not any(one is not other and is_subclass(one, other) for one in classes for other in classes)
