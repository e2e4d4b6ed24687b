"""Modules and functions to nodes; each signature is analysed once.

What a function says about itself is read from its code object and its annotations: that takes a microsecond, where
`inspect.signature` takes seven. Callables without code of their own (wrapped by `functools.wraps`, cached, partial) go the
slow way.
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import FunctionType, ModuleType
from typing import Any, Final, NamedTuple

from headwater.errors import (
    HeadwaterError,
    MissingAnnotation,
    NotAFunction,
    UnresolvedAnnotation,
    UnsupportedParameter,
    raise_all,
)
from headwater.modifiers.protocol import (
    Condition,
    Excluded,
    MaybeBare,
    Modifier,
    Noted,
    Pending,
    Scope,
    applied,
    is_function,
    misuse,
    modifiers_of,
)
from headwater.node import REQUIRED, Dependency, Node
from headwater.place import Place, below_decorators, written_at

_VARARGS: Final = inspect.CO_VARARGS
_VARKEYWORDS: Final = inspect.CO_VARKEYWORDS


class Definition(NamedTuple):
    """A function that takes part in a dataflow, under the name that it was given."""

    name: str
    function: Callable[..., Any]
    module: str
    is_named: bool = False
    """True where a decorator names the function: it takes part then, `exclude` or not."""

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions on which the function takes part."""
        return tuple(
            noted
            for noted in modifiers_of(self.function)
            if isinstance(noted, Condition) and not (self.is_named and isinstance(noted, Excluded))
        )


def definitions_in(module: ModuleType) -> Iterator[Definition]:
    """The public functions defined in a module, in the order in which they are written.

    Names with a leading `_`, functions imported from elsewhere, lambdas and second names for a function are not nodes.
    """
    if not isinstance(module, ModuleType):
        raise NotAFunction(f"`with_modules` takes module objects, and got {module!r}. Import the module and hand it over.")
    for name, value in list(vars(module).items()):
        if isinstance(value, MaybeBare) and value.is_bare(name, module.__name__):
            raise value.fault()
        if name.startswith("_") or getattr(value, "__module__", None) != module.__name__:
            continue
        if is_function(value) and value.__name__ == name:
            yield Definition(name, value, module.__name__)


def definition_of(function: Callable[..., Any], name: str | None = None) -> Definition:
    """A single function, under its own name or another."""
    if not callable(function) or isinstance(function, type):
        raise NotAFunction(f"`with_functions` takes functions, and got {function!r}.")
    if isinstance(function, MaybeBare):
        raise function.fault()
    own_name = getattr(function, "__name__", None)
    chosen = name or own_name
    if chosen is None or chosen == "<lambda>":
        raise NotAFunction(f"{function!r} has no name of its own: hand it over by keyword: `with_functions(some_name=...)`.")
    return Definition(chosen, function, getattr(function, "__module__", None) or "<unknown>")


def nodes_of(definitions: Iterable[Definition], config: Mapping[str, Any]) -> tuple[Node, ...]:
    """The nodes of all functions that take part under a config.

    Raises:
        DefinitionError: or `SeveralErrors` with all that were found.
    """
    nodes: list[Node] = []
    errors: list[HeadwaterError] = []
    for definition in selected(list(definitions), config):
        try:
            nodes.extend(_nodes_of(definition, _Scope(config)))
        except HeadwaterError as error:
            errors.append(error)
    raise_all(errors)
    return tuple(nodes)


def selected(definitions: Sequence[Definition], config: Mapping[str, Any]) -> list[Definition]:
    """The definitions whose conditions hold, variants (`price__us`) under the name that they share (`price`)."""
    kept: list[Definition | None] = []
    fallbacks: list[tuple[int, Definition]] = []
    taken: set[str] = set()
    for definition in definitions:
        conditions = definition.conditions
        if not conditions:
            kept.append(definition)
            continue
        if not all(condition.holds(config) for condition in conditions):
            continue
        variant = Definition(_shared_name(definition, conditions[0]), definition.function, definition.module)
        if any(condition.is_fallback for condition in conditions):
            fallbacks.append((len(kept), variant))
            kept.append(None)
        else:
            taken.add(variant.name)
            kept.append(variant)
    for index, fallback in fallbacks:
        if fallback.name not in taken:
            kept[index] = fallback
    return [definition for definition in kept if definition is not None]


def config_keys(definitions: Iterable[Definition]) -> frozenset[str]:
    """The config keys that decide which functions take part, and what their decorators do."""
    return frozenset(
        key
        for definition in definitions
        for noted in modifiers_of(definition.function)
        if isinstance(noted, Condition | Pending)
        for key in noted.keys
    )


def plain_node(definition: Definition) -> Node:
    """The node of a function as it stands, before its modifiers.

    Raises:
        MissingAnnotation, UnresolvedAnnotation, UnsupportedParameter: naming the function and its place.
    """
    function = definition.function
    place = written_at(function)
    if modifiers_of(function) or hasattr(function, "__wrapped__"):
        place = below_decorators(place)
    analysed = _from_code if type(function) is FunctionType and not hasattr(function, "__wrapped__") else _from_signature
    parameters, returns, keyword_only = analysed(definition.name, function, place)
    return Node(
        name=definition.name,
        type=returns,
        place=place,
        call=ByPosition(function, len(parameters) - len(keyword_only), keyword_only) if keyword_only else function,
        arguments=parameters,
        doc=inspect.cleandoc(function.__doc__) if function.__doc__ else "",
        function=function,
        module=definition.module,
    )


def _shared_name(definition: Definition, condition: Condition) -> str:
    name, separator, _ = definition.name.rpartition("__")
    if not separator:
        return definition.name
    if not name or definition.name.endswith("__"):
        raise misuse(condition.name, definition.function, "the name has to be like `name__variant`, with a word on both sides.")
    return name


def _nodes_of(definition: Definition, scope: _Scope) -> Sequence[Node]:
    noted = modifiers_of(definition.function)
    node = plain_node(definition)
    if not noted:
        return [node]
    return applied([node], resolved(noted, definition.function, scope.within(definition.function)))


def resolved(noted: Iterable[Noted], function: Callable[..., Any], scope: Scope) -> Iterator[Modifier]:
    """The modifiers among what is noted on a function, those that hang on the config as they come out under it."""
    for one in noted:
        if isinstance(one, Pending):
            yield from resolved(one.resolved(scope, function), function, scope)
        elif isinstance(one, Modifier):
            yield one


class _Scope(NamedTuple):
    """What modifiers may ask of the functions that are at hand."""

    config: Mapping[str, Any]
    inside: tuple[Callable[..., Any], ...] = ()
    """The functions in whose subdags this is."""

    def within(self, function: Callable[..., Any]) -> _Scope:
        """The scope of a function's own decorators.

        Raises:
            DecoratorError: if the function is part of its own subdag.
        """
        if function in self.inside:
            raise contains_itself(function)
        return self._replace(inside=(*self.inside, function))

    def node_of(self, function: Callable[..., Any]) -> Node:
        """The plain node of a function, its own decorators left aside."""
        return plain_node(definition_of(function))

    def nodes_of(self, sources: Sequence[ModuleType | Callable[..., Any]], config: Mapping[str, Any]) -> Sequence[Node]:
        """The nodes of the functions of some modules, and of some functions."""
        found: list[Definition] = []
        for one in sources:
            found.extend(definitions_in(one) if isinstance(one, ModuleType) else [definition_of(one)._replace(is_named=True)])
        scope = self._replace(config=config)
        return [node for definition in selected(found, config) for node in _nodes_of(definition, scope)]


def contains_itself(function: Callable[..., Any]) -> HeadwaterError:
    """The error for a function that is part of its own subdag."""
    name = next((noted.name for noted in modifiers_of(function) if isinstance(noted, Pending)), "subdag")
    reason = "the functions that it puts to work have this function among them. Put them into a module of their own."
    return misuse(name, function, reason)


Analysis = tuple[tuple[Dependency, ...], Any, tuple[str, ...]]
"""The parameters, positional ones first; the return type; the names of the keyword-only parameters."""


def _from_code(name: str, function: Any, place: Place) -> Analysis:
    code = function.__code__
    positional, keyword_only = code.co_argcount, code.co_kwonlyargcount
    names = code.co_varnames[: positional + keyword_only]
    if code.co_posonlyargcount or code.co_flags & (_VARARGS | _VARKEYWORDS):
        raise _unsupported(name, code, place)
    annotations = _annotations(name, function, place)
    defaults = function.__defaults__ or ()
    default_of = dict(zip(names[positional - len(defaults) : positional], defaults, strict=True)) if defaults else {}
    if keyword_only and function.__kwdefaults__:
        default_of.update(function.__kwdefaults__)
    for parameter in names:
        if parameter not in annotations:
            raise MissingAnnotation(name, parameter, place)
    if "return" not in annotations:
        raise MissingAnnotation(name, None, place)
    dependencies = tuple([Dependency(one, one, annotations[one], default_of.get(one, REQUIRED)) for one in names])
    return dependencies, annotations["return"], names[positional:]


def _unsupported(name: str, code: Any, place: Place) -> UnsupportedParameter:
    count = code.co_argcount + code.co_kwonlyargcount
    if code.co_posonlyargcount:
        return UnsupportedParameter(name, code.co_varnames[0], "/", place)
    if code.co_flags & _VARARGS:
        return UnsupportedParameter(name, code.co_varnames[count], "*", place)
    return UnsupportedParameter(name, code.co_varnames[count], "**", place)


def _from_signature(name: str, function: Callable[..., Any], place: Place) -> Analysis:
    """For callables without code of their own; asks `inspect`, which follows `__wrapped__`."""
    try:
        signature = inspect.signature(function, eval_str=True)
    except (NameError, AttributeError, TypeError, SyntaxError, ValueError) as error:
        raise UnresolvedAnnotation(name, str(error), place) from None
    kinds = {
        inspect.Parameter.POSITIONAL_ONLY: "/",
        inspect.Parameter.VAR_POSITIONAL: "*",
        inspect.Parameter.VAR_KEYWORD: "**",
    }
    dependencies, keyword_only = [], []
    for parameter in signature.parameters.values():
        if parameter.kind in kinds:
            raise UnsupportedParameter(name, parameter.name, kinds[parameter.kind], place)
        if parameter.annotation is inspect.Parameter.empty:
            raise MissingAnnotation(name, parameter.name, place)
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY:
            keyword_only.append(parameter.name)
        default = REQUIRED if parameter.default is inspect.Parameter.empty else parameter.default
        dependencies.append(Dependency(parameter.name, parameter.name, parameter.annotation, default))
    if signature.return_annotation is inspect.Signature.empty:
        raise MissingAnnotation(name, None, place)
    return tuple(dependencies), signature.return_annotation, tuple(keyword_only)


def _annotations(name: str, function: Any, place: Place) -> Mapping[str, Any]:
    """The annotations, those written as text (`from __future__ import annotations`) resolved."""
    annotations: dict[str, Any] = getattr(function, "__annotations__", {})
    if all(isinstance(annotation, type) or annotation is None for annotation in annotations.values()):
        return annotations
    try:
        return typing.get_type_hints(function, include_extras=True)
    except (NameError, AttributeError, TypeError, SyntaxError) as error:
        raise UnresolvedAnnotation(name, str(error), place) from None


class ByPosition:
    """A function with keyword-only parameters, callable with all its arguments by position."""

    __slots__ = ("_keyword_only", "_positional", "function")

    def __init__(self, function: Callable[..., Any], positional: int, keyword_only: tuple[str, ...]) -> None:
        self.function = function
        self._positional = positional
        self._keyword_only = keyword_only

    def __call__(self, *values: Any) -> Any:
        """What the function returns."""
        named = dict(zip(self._keyword_only, values[self._positional :], strict=True))
        return self.function(*values[: self._positional], **named)
