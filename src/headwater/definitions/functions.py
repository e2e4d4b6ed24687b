"""Modules and functions to nodes; each signature is read once."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MethodType, ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

from headwater.decorators.protocol import (
    Attachment,
    ComparingCondition,
    Condition,
    Exclusion,
    MissingCall,
    Modifier,
    Pending,
    Scope,
    apply_modifiers,
    attachments_of,
    decorator_error,
    holds_for,
    is_function,
    variant_parameters,
)
from headwater.definitions.signatures import DependencyCache, signature_of
from headwater.errors import (
    HeadwaterError,
    NotAFunction,
    UnwrappedFunctionWarning,
    raise_all,
    short_repr,
)
from headwater.graph.node import Node
from headwater.graph.operation import REQUIRED, FunctionCall, Operation, Origin, RefuseCoroutine
from headwater.introspection.callables import hidden_function, innermost, is_asynchronous, name_of
from headwater.introspection.source_location import SourceLocation, below_decorators, source_location

if TYPE_CHECKING:
    from headwater.errors.excluded_variants import ExcludedVariant


class Definition(NamedTuple):
    """A function that takes part in a dataflow, under the name that it was given."""

    name: str
    function: Callable[..., Any]
    module: str
    is_named: bool = False
    """True where a decorator names the function: it takes part then, `exclude` or not."""
    is_standalone: bool = False
    """True if the function was handed over by itself, and not with its module."""

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions on which the function takes part."""
        return tuple(
            noted
            for noted in attachments_of(self.function)
            if isinstance(noted, Condition) and not (self.is_named and isinstance(noted, Exclusion))
        )


def definitions_in(module: ModuleType) -> Iterator[Definition]:
    """The public functions defined in a module, in the order in which they are written.

    Names with a leading `_`, functions imported from elsewhere, lambdas and second names for a function are not nodes.
    A function that a decorator has hidden, because it lacks `functools.wraps`, is none either, and a warning says so.
    """
    if not isinstance(module, ModuleType):
        raise NotAFunction(f"`with_modules` takes module objects, and got {module!r}. Import the module and hand it over.")
    for name, value in list(vars(module).items()):
        if isinstance(value, MissingCall) and value.is_missing_call(name, module.__name__):
            raise value.error()
        if name.startswith("_") or isinstance(value, type | ModuleType) or not callable(value):
            continue
        where, own_name = getattr(value, "__module__", None), getattr(value, "__name__", None)
        if is_function(value) and where == module.__name__ and own_name == name:
            yield Definition(name, value, module.__name__)
        else:
            _warn_if_hidden(name, value, module)


def _warn_if_hidden(name: str, value: Callable[..., Any], module: ModuleType) -> None:
    function = hidden_function(value, name, module.__name__)
    if function is None or any(isinstance(noted, Exclusion) for noted in (*attachments_of(value), *attachments_of(function))):
        return
    location = below_decorators(source_location(function))
    wrapper = getattr(value, "__name__", None) or type(value).__name__
    warnings.warn_explicit(
        UnwrappedFunctionWarning(name, location, wrapper, source_location(value)), None, location.file, location.line
    )


def definition_of(function: Callable[..., Any], name: str | None = None) -> Definition:
    """A single function, under its own name or another."""
    if not callable(function) or isinstance(function, type):
        raise NotAFunction(f"`with_functions` takes functions, and got {function!r}.")
    if isinstance(function, MissingCall):
        raise function.error()
    own_name = getattr(function, "__name__", None)
    chosen = name or own_name
    if chosen is None or chosen == "<lambda>":
        raise NotAFunction(f"{function!r} has no name of its own: hand it over by keyword: `with_functions(some_name=...)`.")
    module = getattr(function, "__module__", None)
    if module in (None, "functools"):  # a partial says where `partial` is defined
        module = getattr(innermost(function), "__module__", None)
    return Definition(chosen, function, module or "<unknown>", is_standalone=True)


def nodes_of(
    definitions: Iterable[Definition], config: Mapping[str, Any], keys: set[str] | None = None,
    excluded_variants: dict[str, list[ExcludedVariant]] | None = None,
) -> tuple[Node, ...]:  # fmt: skip
    """The nodes of all functions that take part under a config.

    `keys` collects the config keys that their decorators look at, those that are computed included;
    `excluded_variants` the functions that do not take part, by the nodes that they would make.

    Raises:
        DefinitionError: or `SeveralErrors` with all that were found.
    """
    nodes: list[Node] = []
    errors: list[HeadwaterError] = []
    scope = _Scope(config, keys=keys, excluded_variants=excluded_variants, shared={})
    for definition in select_definitions(list(definitions), config, excluded_variants):
        try:
            nodes.extend(_nodes_of(definition, scope))
        except HeadwaterError as error:
            errors.append(error)
    raise_all(errors)
    return tuple(nodes)


def select_definitions(
    definitions: Sequence[Definition], config: Mapping[str, Any],
    excluded_variants: dict[str, list[ExcludedVariant]] | None = None, *, is_nested: bool = False,
) -> list[Definition]:  # fmt: skip
    """The definitions whose conditions hold, variants (`price__us`) under the name that they share (`price`).

    `excluded_variants` collects the others; `is_nested` is True for those of a subdag.
    """
    kept: list[Definition | None] = []
    fallbacks: list[tuple[int, Definition]] = []
    taken: set[str] = set()
    for definition in _distinct(definitions):
        conditions = definition.conditions
        if not conditions:
            kept.append(definition)
            continue
        failing = next((one for one in conditions if not holds_for(one, definition.function, config)), None)
        if failing is not None:
            if excluded_variants is not None and not any(isinstance(condition, Exclusion) for condition in conditions):
                omitted = _excluded_variant(definition, failing, config, is_nested=is_nested)
                excluded_variants.setdefault(omitted.name, []).append(omitted)
            continue
        variant = definition._replace(name=_shared_name(definition, conditions[0]))
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


def _excluded_variant(
    definition: Definition, failing: Condition, config: Mapping[str, Any], *, is_nested: bool
) -> ExcludedVariant:
    """A definition with the condition that does not hold, and with others that only compare values and do not hold either."""
    from headwater.errors.excluded_variants import ExcludedVariant, UnmetCondition  # only who leaves something out waits for it

    unmet = {
        condition.name: tuple(condition.unmet(config))
        for condition in definition.conditions
        if isinstance(condition, ComparingCondition)
    }
    if not isinstance(failing, ComparingCondition):
        unmet[failing.name] = tuple(
            UnmetCondition(key, key in config, short_repr(config[key]) if key in config else "") for key in sorted(failing.keys)
        )
    return ExcludedVariant(
        name=_shared_name(definition, failing),
        function=definition.name,
        location=below_decorators(source_location(definition.function)),
        decorators=" and ".join(f"@{name}" for name, found in unmet.items() if found),
        unmet=tuple(one for found in unmet.values() for one in found),
        is_nested=is_nested,
    )


def _distinct(definitions: Sequence[Definition]) -> Iterable[Definition]:
    """The definitions, each function under a name once: a module may be handed over twice, or beside one of its functions."""
    functions = [definition.function for definition in definitions]
    if len(set(map(id, functions))) == len(functions) and MethodType not in set(map(type, functions)):
        return definitions  # the usual case, decided without a look at each of them
    found: dict[tuple[object, ...], Definition] = {}
    for definition in definitions:
        function = definition.function
        identity = (id(function.__self__), id(function.__func__)) if isinstance(function, MethodType) else (id(function),)
        earlier = found.setdefault((definition.name, *identity), definition)
        if definition.is_named and not earlier.is_named:
            found[definition.name, *identity] = earlier._replace(is_named=True)
    return found.values()


def config_keys(definitions: Iterable[Definition]) -> frozenset[str]:
    """The config keys that decide which functions take part, and what their decorators do."""
    return frozenset(
        key
        for definition in definitions
        for noted in attachments_of(definition.function)
        if isinstance(noted, Condition | Pending)
        for key in noted.keys
    )


def variant_dependencies(definitions: Iterable[Definition]) -> frozenset[str]:
    """What functions read that take part under some config, those in subdags included."""
    from headwater.decorators.subdags import NestedDecorator  # imported lazily: only needed for a warning

    functions = [definition.function for definition in definitions]
    nested = (noted for function in functions for noted in attachments_of(function) if isinstance(noted, NestedDecorator))
    return variant_parameters(functions).union(*(nesting.variant_parameters() for nesting in nested))


def plain_node(definition: Definition, shared: DependencyCache | None = None) -> Node:
    """The node of a function as it stands, before its modifiers. Nodes with the same `shared` share equal parameters.

    Raises:
        MissingAnnotation, UnresolvedAnnotation, UnsupportedParameter: naming the function and its location.
    """
    function = definition.function
    is_wrapped = hasattr(function, "__wrapped__")
    location = below_decorators(source_location(function)) if is_wrapped or attachments_of(function) else None

    def locate() -> SourceLocation:
        return location or source_location(function)

    parameters, returns, by_keyword = signature_of(definition.name, function, locate, shared)
    operation: Operation | None = FunctionCall(function, by_keyword) if by_keyword else None
    if is_wrapped and is_asynchronous(innermost(function)):
        operation = RefuseCoroutine(operation or FunctionCall(function), Origin(definition.name, locate()))
    return Node(
        name=definition.name,
        type=returns,
        explicit_location=location,
        arguments=parameters,
        doc=inspect.cleandoc(function.__doc__) if function.__doc__ else "",
        function=function,
        operation=operation,
        module=definition.module,
        is_standalone=definition.is_standalone,
    )


def _shared_name(definition: Definition, condition: Condition) -> str:
    name, separator, _ = definition.name.rpartition("__")
    if not separator:
        return definition.name
    if not name or definition.name.endswith("__"):
        raise decorator_error(
            condition.name, definition.function, "the name has to be like `name__variant`, with a word on both sides."
        )
    return name


def _nodes_of(definition: Definition, scope: _Scope) -> Sequence[Node]:
    noted = attachments_of(definition.function)
    node = plain_node(definition, scope.shared)
    if not noted:
        return [node]
    reads: dict[str | None, Any] = {}
    made = apply_modifiers(
        [node], resolve_attachments(noted, definition.function, scope.within(definition.function), reads, scope.keys)
    )
    settings = tuple(reads.items())
    if scope.keys is not None:
        # A decorator that looks through the whole config is recorded as reading the key None.
        scope.keys.update(scope.config if None in reads else (key for key in reads if key is not None))
    return [one.replaced(settings=(*one.settings, *settings)) for one in made] if settings else made


def resolve_attachments(
    noted: Iterable[Attachment],
    function: Callable[..., Any],
    scope: Scope,
    reads: dict[str | None, Any] | None = None,
    keys: set[str] | None = None,
) -> Iterator[Modifier]:
    """The modifiers among what is noted on a function, those that hang on the config as they come out under it.

    `reads` collects what decorators read of the config, except those that show it in the arguments of nodes; `keys` the keys
    of all of them.
    """
    for one in noted:
        if isinstance(one, Pending):
            is_recorded = reads is not None and not getattr(one, "shows_config", False)
            seen = RecordingScope(scope, reads) if reads is not None and is_recorded else scope
            if keys is not None:
                keys |= one.keys
            yield from resolve_attachments(one.resolve(seen, function), function, scope, reads, keys)
        elif isinstance(one, Modifier):
            yield one


class RecordingScope:
    """A scope that records what a decorator reads of the config."""

    def __init__(self, scope: Scope, reads: dict[str | None, Any]) -> None:
        self._scope = scope
        self.config: Mapping[str, Any] = RecordingConfig(scope.config, reads)

    def node_of(self, function: Callable[..., Any]) -> Node:
        """As of the scope itself."""
        return self._scope.node_of(function)

    def nodes_of(self, sources: Sequence[ModuleType | Callable[..., Any]], config: Mapping[str, Any]) -> Sequence[Node]:
        """As of the scope itself. What the nodes read is recorded if they get the config of this scope."""
        return self._scope.nodes_of(sources, config)


class RecordingConfig(Mapping[str, Any]):
    """The config, recording each key that is read, with its value or `REQUIRED` where there is none."""

    def __init__(self, config: Mapping[str, Any], reads: dict[str | None, Any]) -> None:
        self._config = config
        self._reads = reads

    def __getitem__(self, key: str) -> Any:
        self._reads[key] = self._config.get(key, REQUIRED)
        return self._config[key]

    def __iter__(self) -> Iterator[str]:
        self._reads[None] = tuple(self._config)
        return iter(self._config)

    def __len__(self) -> int:
        self._reads[None] = tuple(self._config)
        return len(self._config)


class _Scope(NamedTuple):
    """What modifiers may ask of the functions that are at hand."""

    config: Mapping[str, Any]
    inside: tuple[Callable[..., Any], ...] = ()
    """The functions in whose subdags this is."""
    keys: set[str] | None = None
    """Collects the config keys that decorators look at."""
    excluded_variants: dict[str, list[ExcludedVariant]] | None = None
    """Collects the functions that do not take part."""
    shared: DependencyCache | None = None
    """Parameters that nodes share."""

    def within(self, function: Callable[..., Any]) -> _Scope:
        """The scope of a function's own decorators.

        Raises:
            DecoratorError: if the function is part of its own subdag.
        """
        if function in self.inside:
            raise self_nesting_error(function)
        return self._replace(inside=(*self.inside, function))

    def node_of(self, function: Callable[..., Any]) -> Node:
        """The plain node of a function, its own decorators left aside."""
        return plain_node(definition_of(function, name_of(function) or "step"))

    def nodes_of(self, sources: Sequence[ModuleType | Callable[..., Any]], config: Mapping[str, Any]) -> Sequence[Node]:
        """The nodes of the functions of some modules, and of some functions."""
        found: list[Definition] = []
        for one in sources:
            found.extend(
                definitions_in(one)
                if isinstance(one, ModuleType)
                else [definition_of(one, name_of(one))._replace(is_named=True)]
            )
        scope = self._replace(config=config)
        chosen = select_definitions(found, config, self.excluded_variants, is_nested=True)
        return [node for definition in chosen for node in _nodes_of(definition, scope)]


def self_nesting_error(function: Callable[..., Any]) -> HeadwaterError:
    """The error for a function that is part of its own subdag."""
    name = next((noted.name for noted in attachments_of(function) if isinstance(noted, Pending)), "subdag")
    reason = "the functions that it puts to work have this function among them. Put them into a module of their own."
    return decorator_error(name, function, reason)
