"""What the type variables of a generic function stand for in one dataflow."""

from __future__ import annotations

import typing
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from headwater.types.type_forms import LiteralValue, as_type, bound_of, members, substitute, union_of, unwrap, variables
from headwater.types.typing_rules import arguments_as, fits, member_fits


def bind(pattern: Any, actual: Any, found: dict[Any, list[Any]]) -> None:
    """Collects in `found` what the type variables of a parameter's type stand for when it gets a value of an actual type.

    >>> T = TypeVar("T")
    >>> found = {}
    >>> bind(Sequence[T], list[int], found)
    >>> found[T]
    [<class 'int'>]
    """
    free = variables(pattern)
    if not free:
        return
    pattern, actual = unwrap(pattern), unwrap(actual)
    if isinstance(pattern, TypeVar):
        found.setdefault(pattern, []).append(actual)
        return
    alternatives = members(pattern)
    if len(alternatives) > 1:
        plain = [member for member in alternatives if isinstance(member, LiteralValue) or not variables(member)]
        rest = [as_type(one) for one in members(actual) if not any(member_fits(one, other, {}) for other in plain)]
        generic = [member for member in alternatives if not isinstance(member, LiteralValue) and variables(member)]
        if len(generic) == 1 and rest:
            bind(generic[0], union_of(rest), found)
            return
    else:
        given = arguments_as(actual, typing.get_origin(pattern))
        wanted = typing.get_args(pattern)
        if given and len(given) == len(wanted) and not any(isinstance(one, list) for one in (*given, *wanted)):
            for one, other in zip(wanted, given, strict=True):
                bind(one, other, found)
            return
    for variable in free:
        found.setdefault(variable, []).append(Any)


def solve_type(type_: Any, found: Mapping[Any, Sequence[Any]]) -> Any:
    """A type with its variables replaced by what was found for them, as far as their bounds allow it; else by their bounds.

    >>> T = TypeVar("T")
    >>> solve_type(list[T], {T: [int]}), solve_type(list[T], {})
    (list[int], list[typing.Any])
    """
    replacing = {}
    for variable in variables(type_):
        if not isinstance(variable, TypeVar):
            continue
        bound = bound_of(variable)
        known = [_constrained(one, variable) for one in found.get(variable, ())]
        is_known = bool(known) and Any not in known and all(fits(one, bound) for one in known)
        replacing[variable] = union_of(known) if is_known else bound
    return substitute(type_, replacing)


def _constrained(type_: Any, variable: TypeVar) -> Any:
    """The constraint that a type belongs to, which is what the variable then stands for; the type itself if there are none."""
    return next((one for one in variable.__constraints__ if fits(type_, one)), type_)
