"""Solves for the type variables of generic functions in a dataflow."""

from __future__ import annotations

import typing
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from headwater.types.type_forms import LiteralValue, as_type, bound_of, members, substitute, union_of, unwrap, variables
from headwater.types.typing_rules import arguments_as, fits, member_fits


def match_type(pattern: Any, actual: Any, solutions: dict[Any, list[Any]]) -> None:
    """Match a parameter's type against the type of its value. Record in `solutions` the types that each variable stands for.

    >>> T = TypeVar("T")
    >>> solutions = {}
    >>> match_type(Sequence[T], list[int], solutions)
    >>> solutions[T]
    [<class 'int'>]
    """
    free = variables(pattern)
    if not free:
        return
    pattern, actual = unwrap(pattern), unwrap(actual)
    if isinstance(pattern, TypeVar):
        solutions.setdefault(pattern, []).append(actual)
        return
    alternatives = members(pattern)
    if len(alternatives) > 1:
        plain = [member for member in alternatives if isinstance(member, LiteralValue) or not variables(member)]
        rest = [as_type(member) for member in members(actual) if not any(member_fits(member, other, {}) for other in plain)]
        generic = [member for member in alternatives if not isinstance(member, LiteralValue) and variables(member)]
        if len(generic) == 1 and rest:
            match_type(generic[0], union_of(rest), solutions)
            return
    else:
        arguments = arguments_as(actual, typing.get_origin(pattern))
        patterns = typing.get_args(pattern)
        has_lists = any(isinstance(argument, list) for argument in (*arguments, *patterns))
        if arguments and len(arguments) == len(patterns) and not has_lists:
            for inner_pattern, argument in zip(patterns, arguments, strict=True):
                match_type(inner_pattern, argument, solutions)
            return
    for variable in free:
        solutions.setdefault(variable, []).append(Any)


def solve_type(type_: Any, solutions: Mapping[Any, Sequence[Any]]) -> Any:
    """Replace the variables of a type with their solutions. A variable without a valid solution becomes its bound.

    >>> T = TypeVar("T")
    >>> solve_type(list[T], {T: [int]}), solve_type(list[T], {})
    (list[int], list[typing.Any])
    """
    replacements = {}
    for variable in variables(type_):
        if not isinstance(variable, TypeVar):
            continue
        bound = bound_of(variable)
        candidates = [_constrained(solution, variable) for solution in solutions.get(variable, ())]
        is_solved = bool(candidates) and Any not in candidates and all(fits(solution, bound) for solution in candidates)
        replacements[variable] = union_of(candidates) if is_solved else bound
    return substitute(type_, replacements)


def _constrained(type_: Any, variable: TypeVar) -> Any:
    """Return the constraint that a type fits, or the type itself if the variable has no constraints."""
    return next((constraint for constraint in variable.__constraints__ if fits(type_, constraint)), type_)
