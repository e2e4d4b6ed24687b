"""Annotations as written, to types: builtins and `typing` to themselves, everything else to a name that stands for it."""

from __future__ import annotations

import ast
import builtins
import collections.abc
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, ForwardRef, Literal, Optional, TypedDict, Union

from headwater.outline.constant_values import Budget, UnknownValue
from headwater.outline.module import SourceModule, assignment
from headwater.types.type_forms import is_typed_dict

_DEEPEST: Final = 50
"""Nested brackets that are followed; what is deeper has no name that anyone could read."""

_MOST_PARTS: Final = 2_000
"""Parts of one type that are followed: aliases may stand for one another twice at every step."""
_CHARACTERS_PER_PART: Final = 16

_KNOWN: Final[Mapping[str, Any]] = {
    **{name: value for name, value in vars(builtins).items() if isinstance(value, type)},
    **{f"collections.abc.{name}": value for name, value in vars(collections.abc).items() if name[0].isupper()},
    **{f"typing.{name}": value for name, value in vars(typing).items() if name[0].isupper()},
}
_PLAIN: Final = frozenset({"Annotated", "Final", "ClassVar", "Required", "NotRequired", "ReadOnly"})

_NOWHERE: Final = "<source text>"
"""The module of classes that are built here: none in which their fields' names could be looked up."""
_TYPED_DICTS: Final = frozenset({"typing.TypedDict", "typing_extensions.TypedDict"})

UNKNOWN_TYPE: Final = ForwardRef("Any")
"""Stands for a type that source text does not determine. It fits everything, as each type known by its name only."""


class _NotATypeError(Exception):
    """An expression is no type that could be told from its text."""


_FAULTS: Final = (TypeError, ValueError, SyntaxError, _NotATypeError)


def annotation_type(
    expression: ast.expr, module: SourceModule, modules: Mapping[str, SourceModule], budget: Budget | None = None
) -> Any:
    """The type that an annotation means, found without importing what it names.

    `int`, `list[float]`, `Optional[str]`, `Literal["a"]` are the types themselves, and a `TypedDict` of the dataflow is built
    from its fields. Of `pd.Series` the text tells only the name: it becomes `ForwardRef("pandas.Series")`, a type that fits
    everything. What is no type that could be told is `UNKNOWN_TYPE`. Never raises. `budget` pays for the work, if it is given.
    """
    if isinstance(expression, ast.Name) and _is_builtin(expression, module):
        return _builtin(expression)
    try:
        return _Types(module, modules, Budget(_MOST_PARTS, parent=budget)).of(expression, depth=0)
    except (*_FAULTS, RecursionError, MemoryError, UnknownValue):
        return UNKNOWN_TYPE  # what Python or `typing` has against it is the run's to tell


def _is_builtin(name: ast.Name, module: SourceModule) -> bool:
    """Whether only a builtin can have the name."""
    return name.id not in module.bound and not module.stars


def _builtin(name: ast.Name) -> Any:
    return _KNOWN.get(name.id) or ForwardRef(name.id)


@dataclass(frozen=True, slots=True)
class _Types:
    """Reads the annotations of one module."""

    module: SourceModule
    modules: Mapping[str, SourceModule]
    budget: Budget

    def of(self, expression: ast.expr, depth: int) -> Any:
        self.budget.spend()
        if depth > _DEEPEST:
            raise _NotATypeError
        match expression:
            case ast.Constant(value=None):
                return None
            case ast.Constant(value=str(text)):
                self.budget.spend(len(text) // _CHARACTERS_PER_PART)
                return self.of(ast.parse(text.strip(), mode="eval").body, depth + 1)
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                # One union of all members: of a union in a union, `typing` hands out an earlier one, its members in another
                # order.
                members = (*_members(self.of(left, depth + 1)), *_members(self.of(right, depth + 1)))
                return Union[members]  # noqa: UP007 - members may be names only
            case ast.Subscript(value=generic, slice=inside):
                return self._generic(generic, inside, depth + 1)
            case ast.Name() | ast.Attribute():
                return self._named(expression, depth)
            case _:
                raise _NotATypeError

    def _named(self, expression: ast.Name | ast.Attribute, depth: int) -> Any:
        if isinstance(expression, ast.Name) and _is_builtin(expression, self.module):
            return _builtin(expression)
        place = assignment(expression, self.module, self.modules)
        if place is not None:
            return self._alias(*place, depth)
        meaning = self.module.meaning(expression)
        if meaning is None:
            raise _NotATypeError
        owner, _, name = meaning.rpartition(".")
        home = self.modules.get(owner.lstrip("."))
        if home is not None and name in home.classes:
            return self._class(home, name, depth)
        meaning = meaning.replace("typing_extensions.", "typing.")
        is_bound = isinstance(expression, ast.Name) and meaning == expression.id and expression.id in self.module.bound
        return _KNOWN[meaning] if meaning in _KNOWN and not is_bound else ForwardRef(meaning.lstrip(".") or "Any")

    def _alias(self, home: SourceModule, name: str, depth: int) -> Any:
        """The type under a name that a module assigns: `Prices = dict[str, float]`."""
        by_name = ForwardRef(f"{home.name}.{name}")
        assigned = home.assigned[name]
        if not home.is_constant(name):
            return by_name
        there = _Types(home, self.modules, self.budget)
        if isinstance(assigned, ast.Call):
            is_typed_dict = home.meaning(assigned.func) in _TYPED_DICTS and len(assigned.args) == 2
            fields = assigned.args[1] if is_typed_dict else None
            if not isinstance(fields, ast.Dict):
                return by_name  # `NewType("Id", int)`
            names = [key.value for key in fields.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
            if len(names) < len(fields.keys):
                return by_name
            return there._typed_dict(name, dict(zip(names, fields.values, strict=True)), {}, depth)
        try:
            return there.of(assigned, depth + 1)
        except _FAULTS:
            return by_name

    def _class(self, home: SourceModule, name: str, depth: int) -> Any:
        """A class of the dataflow: a `TypedDict` with its fields, any other by its name."""
        by_name = ForwardRef(f"{home.name}.{name}")
        defined = home.classes[name]
        if home.bound[name] != 1 or defined.decorator_list:
            return by_name
        there = _Types(home, self.modules, self.budget)
        inherited: dict[str, Any] = {}
        for base in defined.bases:
            if home.meaning(base) in _TYPED_DICTS:
                continue
            above = there.of(base, depth + 1)
            if not is_typed_dict(above):
                return by_name
            inherited |= above.__annotations__
        if not defined.bases:
            return by_name
        fields = {
            one.target.id: one.annotation
            for one in defined.body
            if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
        }
        return there._typed_dict(name, fields, inherited, depth)

    def _typed_dict(self, name: str, fields: Mapping[str, ast.expr], inherited: Mapping[str, Any], depth: int) -> Any:
        """A `TypedDict` with these fields: one class for each name, so that it fits itself."""
        known = self.module.typed_dicts
        if name not in known:
            known[name] = ForwardRef(f"{self.module.name}.{name}")  # what its own fields mean by it
            types = {field: self._field(annotation, depth + 1) for field, annotation in fields.items()}
            make: Any = TypedDict
            made = make(name, {**inherited, **types})
            made.__module__ = _NOWHERE
            known[name] = made
        return known[name]

    def _field(self, annotation: ast.expr, depth: int) -> Any:
        try:
            return self.of(annotation, depth)
        except _FAULTS:
            return UNKNOWN_TYPE

    def _generic(self, generic: ast.expr, inside: ast.expr, depth: int) -> Any:
        origin = self.of(generic, depth)
        arguments = inside.elts if isinstance(inside, ast.Tuple) else [inside]
        if origin is Literal:
            return Literal[tuple(ast.literal_eval(argument) for argument in arguments)]
        if origin is Annotated or getattr(origin, "_name", None) in _PLAIN:
            return self.of(arguments[0], depth)
        if isinstance(origin, ForwardRef):  # `npt.NDArray[np.float64]`: the name says enough
            return origin
        types = tuple(self._argument(argument, depth) for argument in arguments)
        if origin is Optional:
            return Optional[types[0]]  # noqa: UP045
        if origin is Union:
            return Union[types]  # noqa: UP007
        return origin[types if len(types) != 1 else types[0]]

    def _argument(self, argument: ast.expr, depth: int) -> Any:
        match argument:
            case ast.Constant(value=value) if value is ...:
                return ...
            case ast.List(elts=elements):  # the parameters of a Callable
                return [self._argument(element, depth + 1) for element in elements]
            case _:
                return self.of(argument, depth)


def _members(type_: Any) -> tuple[Any, ...]:
    return typing.get_args(type_) if typing.get_origin(type_) is Union else (type_,)
