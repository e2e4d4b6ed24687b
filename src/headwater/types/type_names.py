"""Names of types for messages. Types with the same name are shown with their modules."""

from __future__ import annotations

import builtins
import sys
import types
import typing
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, ForwardRef, Literal

from headwater.types.type_forms import AllOf, LiteralValue, is_union


def format_type(type_: Any, *, qualified: bool | frozenset[str] = False) -> str:
    """Format a type without the path of its module.

    Args:
        type_: the type.
        qualified: the names to show with their modules. True for all names.

    >>> from collections.abc import Sequence
    >>> format_type(dict[str, Sequence[int] | None])
    'dict[str, Sequence[int] | None]'
    """
    if type(type_) is type and type_.__module__ == "builtins" and type_ is not types.NoneType and not qualified:
        return type_.__name__  # the usual case in a graph
    if (text := _special(type_)) is not None:
        return text

    def shown(parts: Iterable[Any]) -> list[str]:
        return [format_type(part, qualified=qualified) for part in parts]

    if isinstance(type_, list):  # the parameters of a Callable
        return f"[{', '.join(shown(type_))}]"
    if isinstance(type_, AllOf):
        return " & ".join(shown(type_.types))
    origin, arguments = typing.get_origin(type_), typing.get_args(type_)
    if origin is Annotated:
        return format_type(arguments[0], qualified=qualified)
    if is_union(origin):
        return " | ".join(shown(arguments))
    if _is_array(origin, arguments):
        return f"NDArray[{', '.join(shown(typing.get_args(arguments[1])))}]"
    if origin is not None and arguments:
        return f"{shown([origin])[0]}[{', '.join(shown(arguments))}]"
    name = _name(type_)
    is_qualified = qualified is True or (qualified and name in qualified) or _looks_built_in(type_, name)
    return _full_name(type_) if is_qualified else name


def _is_array(origin: Any, arguments: tuple[Any, ...]) -> bool:
    """Return True for numpy's `NDArray[float64]` alias, which is short for `ndarray[tuple[Any, ...], dtype[float64]]`."""
    if getattr(origin, "__module__", None) != "numpy" or _name(origin) != "ndarray" or len(arguments) != 2:
        return False
    shape, dtype = arguments
    return shape in (Any, tuple[Any, ...]) and len(typing.get_args(dtype)) == 1


def _looks_built_in(type_: Any, name: str) -> bool:
    """Return True for a class with the name of a built-in class, such as numpy's `bool`."""
    return isinstance(type_, type) and type_.__module__ != "builtins" and isinstance(getattr(builtins, name, None), type)


def _special(type_: Any) -> str | None:
    """Return the text of a type form that is not a class and has no parts, or None for other types."""
    if type_ is None or type_ is types.NoneType:
        return "None"
    if type_ is ...:
        return "..."
    if isinstance(type_, str):
        return type_
    if isinstance(type_, ForwardRef):
        name, bracket, arguments = type_.__forward_arg__.partition("[")
        return f"{name.rpartition('.')[2]}{bracket}{arguments}"
    if isinstance(type_, LiteralValue):
        return f"Literal[{type_.value!r}]"
    if typing.get_origin(type_) is Literal:
        return f"Literal[{', '.join(repr(argument) for argument in typing.get_args(type_))}]"
    return None


def format_types_apart(*types_: Any) -> tuple[str, ...]:
    """Format several types for one message. An ambiguous name is shown with its module.

    >>> import datetime, types
    >>> local = type("date", (), {"__module__": "calendar_flow"})
    >>> format_types_apart(list[datetime.date], local, int)
    ('list[datetime.date]', 'calendar_flow.date', 'int')
    """
    by_name: dict[str, list[Any]] = {}
    for leaf in (leaf for type_ in types_ for leaf in _leaves(type_)):
        same = by_name.setdefault(_name(leaf), [])
        if not any(leaf is other for other in same):
            same.append(leaf)
    ambiguous = frozenset(name for name, leaves in by_name.items() if len(leaves) > 1)
    return tuple(format_type(type_, qualified=ambiguous) for type_ in types_)


def same_name_hint(first: Any, second: Any) -> str:
    """Return a hint for two types that have the same qualified name. Empty if the names differ."""
    if len(set(format_types_apart(first, second))) == 2:
        return ""
    return "Two classes have the same name: one was redefined after the other was imported. Import both files again."


def _leaves(type_: Any) -> Iterator[Any]:
    """Yield the classes, aliases and type variables in a type."""
    if isinstance(type_, list | tuple):
        for part in type_:
            yield from _leaves(part)
    elif isinstance(type_, AllOf):
        yield from _leaves(type_.types)
    elif type_ is None or type_ is ... or isinstance(type_, ForwardRef | LiteralValue | str):
        return
    else:
        origin, arguments = typing.get_origin(type_), typing.get_args(type_)
        if origin is Literal:
            return
        if origin is Annotated:
            yield from _leaves(arguments[0])
        elif origin is not None and arguments:
            yield from () if is_union(origin) else _leaves(origin)
            yield from _leaves(arguments)
        else:
            yield type_


def _name(type_: Any) -> str:
    name = getattr(type_, "__qualname__", None) or getattr(type_, "__name__", None) or getattr(type_, "_name", None)
    return str(name or type_).rpartition(".<locals>.")[2]


def _full_name(type_: Any) -> str:
    """Return the name with the module, or only with the package if the package exports the class: `polars.DataFrame`."""
    module = getattr(type_, "__module__", None)
    name = str(getattr(type_, "__qualname__", None) or _name(type_))
    if module in (None, "builtins"):
        return name
    package = str(module).partition(".")[0]
    return f"{package if getattr(sys.modules.get(package), name, None) is type_ else module}.{name}"
