"""Converts annotations in source text to types. Types outside the most common standard modules become forward references."""

from __future__ import annotations

import ast
import builtins
import collections
import collections.abc
import re
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, ForwardRef, Literal, Optional, TypedDict, Union

from headwater.outline.constant_values import Budget, UnknownValue
from headwater.outline.module import SourceModule, assignment
from headwater.types.element_types import Collect, Parallelizable
from headwater.types.type_forms import is_typed_dict
from headwater.types.type_names import format_type

_MAX_DEPTH: Final = 50
"""The maximum depth of nested brackets."""

_MAX_PARTS: Final = 2_000
"""The maximum number of parts of one type. If each alias uses another alias twice, the type grows exponentially."""
_CHARACTERS_PER_PART: Final = 16

_KNOWN: Final[Mapping[str, Any]] = {
    **{name: value for name, value in vars(builtins).items() if isinstance(value, type)},
    **{f"collections.{name}": value for name, value in vars(collections).items() if isinstance(value, type) and name[0] != "_"},
    **{f"collections.abc.{name}": value for name, value in vars(collections.abc).items() if name[0].isupper()},
    **{f"re.{class_.__name__}": class_ for class_ in (re.Match, re.Pattern)},
    **{f"headwater.{marker.__name__}": marker for marker in (Parallelizable, Collect)},
    **{f"typing.{name}": value for name, value in vars(typing).items() if name[0].isupper()},
}
_PLAIN: Final = frozenset({"Annotated", "Final", "ClassVar", "Required", "NotRequired", "ReadOnly"})

_NOWHERE: Final = "<source text>"
"""The module name of classes that this module creates. No such module exists, so no names are looked up in it."""
_TYPED_DICTS: Final = frozenset({"typing.TypedDict", "typing_extensions.TypedDict"})

UNKNOWN_TYPE: Final = ForwardRef("Any")
"""A type that cannot be determined from source text. It is compatible with every type, like all forward references."""


class _NotATypeError(Exception):
    """The text of an expression does not determine a type."""


_FAULTS: Final = (TypeError, ValueError, SyntaxError, _NotATypeError)


def annotation_type(
    expression: ast.expr, module: SourceModule, modules: Mapping[str, SourceModule], budget: Budget | None = None
) -> Any:
    """Return the type of an annotation, without importing anything. Never raises.

    `int`, `list[float]`, `Optional[str]` and `Literal["a"]` become the types themselves. A `TypedDict` in the dataflow is built
    from its fields. `pd.Series` becomes `ForwardRef("pandas.Series")`, a type that is compatible with every type. Anything that
    is not a known type becomes `UNKNOWN_TYPE`. The work is charged to `budget`, if provided.
    """
    if isinstance(expression, ast.Name) and _is_builtin(expression, module):
        return _builtin(expression)
    try:
        return _Types(module, modules, Budget(_MAX_PARTS, parent=budget)).of(expression, depth=0)
    except (*_FAULTS, RecursionError, MemoryError, UnknownValue):
        return UNKNOWN_TYPE  # the run reports invalid annotations


def _is_builtin(name: ast.Name, module: SourceModule) -> bool:
    """Return whether a name can only be a builtin."""
    return name.id not in module.bound and not module.stars


def _builtin(name: ast.Name) -> Any:
    return _KNOWN.get(name.id) or ForwardRef(name.id)


@dataclass(frozen=True, slots=True)
class _Types:
    """Converts one module's annotations to types."""

    module: SourceModule
    modules: Mapping[str, SourceModule]
    budget: Budget

    def of(self, expression: ast.expr, depth: int) -> Any:
        self.budget.spend()
        if depth > _MAX_DEPTH:
            raise _NotATypeError
        match expression:
            case ast.Constant(value=None):
                return None
            case ast.Constant(value=str(text)):
                self.budget.spend(len(text) // _CHARACTERS_PER_PART)
                return self.of(ast.parse(text.strip(), mode="eval").body, depth + 1)
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                # Create one flat union. For nested unions, `typing` may return a cached union with its members in a different
                # order.
                members = (*_members(self.of(left, depth + 1)), *_members(self.of(right, depth + 1)))
                return Union[members]  # noqa: UP007 - members may be forward references
            case ast.Subscript(value=generic, slice=inside):
                return self._generic(generic, inside, depth + 1)
            case ast.Name() | ast.Attribute():
                return self._named(expression, depth)
            case _:
                raise _NotATypeError

    def _named(self, expression: ast.Name | ast.Attribute, depth: int) -> Any:
        if isinstance(expression, ast.Name) and _is_builtin(expression, self.module):
            return _builtin(expression)
        origin = assignment(expression, self.module, self.modules)
        if origin is not None:
            return self._alias(*origin, depth)
        full_name = self.module.full_name(expression)
        if full_name is None:
            raise _NotATypeError
        owner, _, name = full_name.rpartition(".")
        defining_module = self.modules.get(owner.lstrip("."))
        if defining_module is not None and name in defining_module.classes:
            return self._class(defining_module, name, depth)
        full_name = full_name.replace("typing_extensions.", "typing.")
        is_bound = isinstance(expression, ast.Name) and full_name == expression.id and expression.id in self.module.bound
        return _KNOWN[full_name] if full_name in _KNOWN and not is_bound else ForwardRef(full_name.lstrip(".") or "Any")

    def _alias(self, defining_module: SourceModule, name: str, depth: int) -> Any:
        """Return the type of an alias in a module: `Prices = dict[str, float]`."""
        reference = ForwardRef(f"{defining_module.name}.{name}")
        assigned = defining_module.assigned[name]
        if not defining_module.is_constant(name):
            return reference
        types = _Types(defining_module, self.modules, self.budget)
        if isinstance(assigned, ast.Call):
            is_typed_dict = defining_module.full_name(assigned.func) in _TYPED_DICTS and len(assigned.args) == 2
            fields = assigned.args[1] if is_typed_dict else None
            if not isinstance(fields, ast.Dict):
                return reference  # `NewType("Id", int)`
            names = [key.value for key in fields.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
            if len(names) < len(fields.keys):
                return reference
            return types._typed_dict(name, dict(zip(names, fields.values, strict=True)), {}, depth)
        try:
            return types.of(assigned, depth + 1)
        except _FAULTS:
            return reference

    def _class(self, defining_module: SourceModule, name: str, depth: int) -> Any:
        """Return the type for a class in the dataflow: a `TypedDict` with its fields, otherwise a forward reference."""
        reference = ForwardRef(f"{defining_module.name}.{name}")
        defined = defining_module.classes[name]
        if defining_module.bound[name] != 1 or defined.decorator_list:
            return reference
        types = _Types(defining_module, self.modules, self.budget)
        inherited: dict[str, Any] = {}
        for base in defined.bases:
            if defining_module.full_name(base) in _TYPED_DICTS:
                continue
            parent = types._of_or_unknown(base, depth + 1)
            if not is_typed_dict(parent):
                return reference
            inherited |= parent.__annotations__
        if not defined.bases:
            return reference
        fields = {
            statement.target.id: statement.annotation
            for statement in defined.body
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
        }
        return types._typed_dict(name, fields, inherited, depth)

    def _typed_dict(self, name: str, fields: Mapping[str, ast.expr], inherited: Mapping[str, Any], depth: int) -> Any:
        """Return a `TypedDict` with these fields. It is created once per name, so all uses are compatible."""
        known = self.module.typed_dicts
        if name not in known:
            known[name] = ForwardRef(f"{self.module.name}.{name}")  # for fields that refer to the class itself
            field_types = {field: self._of_or_unknown(annotation, depth + 1) for field, annotation in fields.items()}
            create: Any = TypedDict
            class_ = create(name, {**inherited, **field_types})
            class_.__module__ = _NOWHERE
            known[name] = class_
        return known[name]

    def _of_or_unknown(self, annotation: ast.expr, depth: int) -> Any:
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
        types = tuple(self._argument(argument, depth) for argument in arguments)
        if isinstance(origin, ForwardRef):  # `queue.Queue[int]`
            return origin if origin == UNKNOWN_TYPE else self._reference(origin, types)
        if origin is Optional:
            return Optional[types[0]]  # noqa: UP045 - the type is known only at run time
        if origin is Union:
            return Union[types]  # noqa: UP007 - the types are known only at run time
        return origin[types if len(types) != 1 else types[0]]

    def _reference(self, generic: ForwardRef, arguments: tuple[Any, ...]) -> ForwardRef:
        """Return the reference to a generic class with its arguments, as written in an annotation."""
        text = f"{generic.__forward_arg__}[{', '.join(map(format_type, arguments))}]"
        self.budget.spend(len(text) // _CHARACTERS_PER_PART)
        return ForwardRef(text)

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
