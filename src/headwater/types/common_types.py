"""The type of an input that several functions read. It fits all their parameters, regardless of the order of the functions."""

from __future__ import annotations

import typing
from collections.abc import Sequence
from typing import Any, TypeVar

from headwater.types.type_forms import AllOf, LiteralValue, as_type, bound_of, members, union_of, unwrap
from headwater.types.type_names import format_type
from headwater.types.typing_rules import fits, is_subclass, member_fits, runtime_class


def common_type(types_: Sequence[Any]) -> Any:
    """Return the type of values that have all these types, or `Never` if no value has all of them.

    The order of the types does not matter.

    >>> common_type([int | str, str | bytes]), common_type([float, int]), common_type([int, str])
    (<class 'str'>, <class 'int'>, typing.Never)
    """
    ordered = sorted(types_, key=lambda type_: format_type(type_, qualified=True))
    common = ordered[0]
    for other in ordered[1:]:
        common = _of_both(common, other)
    return common


def _of_both(first: Any, second: Any) -> Any:
    """Return the type of values that have both types. `Never` if no value has both of them."""
    first, second = _resolved(first), _resolved(second)
    if first is Any or first is object:
        return second
    if second is Any or second is object:
        return first
    if first == second:
        return first
    narrower = [type_ for type_, other in ((first, second), (second, first)) if fits(type_, other)]
    if narrower:
        # `list` and `list[int]` fit each other. Use the more specific type.
        return max(narrower, key=lambda type_: len(typing.get_args(type_)))
    parts = [_member_of_both(member, other) for member in members(unwrap(first)) for other in members(unwrap(second))]
    present = [part for part in parts if part is not typing.Never]
    if not present:
        return typing.Never
    joined: Any = present[0] if len(present) == 1 else union_of(present)
    return joined


def _resolved(type_: Any) -> Any:
    """Replace a type variable with its bound."""
    bare = unwrap(type_)
    if isinstance(bare, TypeVar):
        return bound_of(bare)
    return bare if bare is Any else type_


def _member_of_both(first: Any, second: Any) -> Any:
    for member, other in ((first, second), (second, first)):
        if member_fits(member, other, {}):
            return as_type(member)
    if isinstance(first, LiteralValue) or isinstance(second, LiteralValue):
        return typing.Never
    flat = tuple(part for type_ in (first, second) for part in (type_.types if isinstance(type_, AllOf) else (type_,)))
    return AllOf(flat) if all(_is_abstract(runtime_class(part)) for part in flat) and _is_unrelated(flat) else typing.Never


def _is_abstract(class_: Any) -> bool:
    """Return True for protocols and abstract classes. One value may be an instance of several of them."""
    return isinstance(class_, type) and (
        getattr(class_, "_is_protocol", False) or bool(getattr(class_, "__abstractmethods__", ()))
    )


def _is_unrelated(types_: Sequence[Any]) -> bool:
    """Return True if none of the types' classes is a base of another. Their type arguments are then unrelated."""
    classes = [runtime_class(type_) for type_ in types_]
    return not any(class_ is not other and is_subclass(class_, other) for class_ in classes for other in classes)
