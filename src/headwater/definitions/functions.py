"""Conversion of modules and functions to nodes. Each signature is read once."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import FunctionType, MethodType, ModuleType
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
from headwater.graph.operation import REQUIRED, Await, FunctionCall, Operation, Origin
from headwater.introspection.callables import ASYNCHRONOUS, hidden_function, innermost, is_async_function, name_of
from headwater.introspection.source_location import SourceLocation, below_decorators, source_location

if TYPE_CHECKING:
    from headwater.errors.excluded_variants import ExcludedVariant


class Definition(NamedTuple):
    """A function that may be part of a dataflow, and the name of its node."""

    name: str
    function: Callable[..., Any]
    module: str
    is_named: bool = False
    """True if a decorator names the function. The function is then included even with `exclude`."""
    is_standalone: bool = False
    """True if the function was passed individually, not with its module."""

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Return the conditions under which the function is included."""
        return tuple(
            attachment
            for attachment in attachments_of(self.function)
            if isinstance(attachment, Condition) and not (self.is_named and isinstance(attachment, Exclusion))
        )


NodeReuse = Callable[[Definition, Callable[[], Sequence[Node]]], Sequence[Node]]


def definitions_in(module: ModuleType) -> Iterator[Definition]:
    """Yield the public functions defined in a module, in source order.

    Skips names with a leading `_`, imported functions, lambdas and aliases of a function. Also skips a function that a
    decorator without `functools.wraps` replaced, and warns about it.
    """
    if not isinstance(module, ModuleType):
        raise NotAFunction(f"`with_modules` takes module objects, but got {module!r}. Import the module and pass it.")
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
    if function is None:
        return
    if any(isinstance(attachment, Exclusion) for attachment in (*attachments_of(value), *attachments_of(function))):
        return
    location = below_decorators(source_location(function))
    wrapper = getattr(value, "__name__", None) or type(value).__name__
    warnings.warn_explicit(
        UnwrappedFunctionWarning(name, location, wrapper, source_location(value)), None, location.file, location.line
    )


def definition_of(function: Callable[..., Any], name: str | None = None) -> Definition:
    """Return the definition of a single function, under its own name or another name."""
    if not callable(function) or isinstance(function, type):
        raise NotAFunction(f"`with_functions` takes functions, but got {function!r}.")
    if isinstance(function, MissingCall):
        raise function.error()
    own_name = getattr(function, "__name__", None)
    chosen = name or own_name
    if chosen is None or chosen == "<lambda>":
        raise NotAFunction(f"{function!r} has no name. Pass it by keyword: `with_functions(some_name=...)`.")
    module = getattr(function, "__module__", None)
    if module in (None, "functools"):  # the `__module__` of a partial object is "functools"
        module = getattr(innermost(function), "__module__", None)
    return Definition(chosen, function, module or "<unknown>", is_standalone=True)


def nodes_of(
    definitions: Iterable[Definition], config: Mapping[str, Any], keys: set[str] | None = None,
    excluded_variants: dict[str, list[ExcludedVariant]] | None = None, reuse: NodeReuse | None = None,
) -> tuple[Node, ...]:  # fmt: skip
    """Return the nodes of all functions that are included under a config.

    `keys` collects the config keys on which decorators depend, including those of computed decorators. `excluded_variants`
    collects the functions that are not included, keyed by the names of their nodes. `reuse` takes a
    definition and a callable that creates its nodes, and returns these nodes or those from an earlier build.

    Raises:
        DefinitionError: a function cannot become a node. `SeveralErrors` if there are several errors.
    """
    nodes: list[Node] = []
    errors: list[HeadwaterError] = []
    scope = _DefinitionScope(config, keys=keys, excluded_variants=excluded_variants, shared={})
    for definition in select_definitions(list(definitions), config, excluded_variants):
        try:
            if reuse is None:
                nodes.extend(_nodes_of(definition, scope))
            else:
                nodes.extend(reuse(definition, partial(_nodes_of, definition, scope)))
        except HeadwaterError as error:
            errors.append(error)
    raise_all(errors)
    return tuple(nodes)


def select_definitions(
    definitions: Sequence[Definition], config: Mapping[str, Any],
    excluded_variants: dict[str, list[ExcludedVariant]] | None = None, *, is_nested: bool = False,
) -> list[Definition]:  # fmt: skip
    """Return the definitions whose conditions hold, with variants (`price__us`) under their shared name (`price`).

    `excluded_variants` collects all other definitions. `is_nested` is True for the definitions of a subdag.
    """
    selected: list[Definition | None] = []
    fallbacks: list[tuple[int, Definition]] = []
    used_names: set[str] = set()
    for definition in _distinct(definitions):
        conditions = definition.conditions
        if not conditions:
            selected.append(definition)
            continue
        failing = next((condition for condition in conditions if not holds_for(condition, definition.function, config)), None)
        if failing is not None:
            if excluded_variants is not None and not any(isinstance(condition, Exclusion) for condition in conditions):
                omitted = _excluded_variant(definition, failing, config, is_nested=is_nested)
                excluded_variants.setdefault(omitted.name, []).append(omitted)
            continue
        variant = definition._replace(name=_shared_name(definition, conditions[0]))
        if any(condition.is_fallback for condition in conditions):
            fallbacks.append((len(selected), variant))
            selected.append(None)
        else:
            used_names.add(variant.name)
            selected.append(variant)
    for index, fallback in fallbacks:
        if fallback.name not in used_names:
            selected[index] = fallback
    return [definition for definition in selected if definition is not None]


def _excluded_variant(
    definition: Definition, failing: Condition, config: Mapping[str, Any], *, is_nested: bool
) -> ExcludedVariant:
    """Describe an excluded variant: the failing condition, and all other failing conditions that compare values."""
    from headwater.errors.excluded_variants import ExcludedVariant, UnmetCondition  # imported lazily: only exclusion needs it

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
        decorators=" and ".join(f"@{name}" for name, conditions in unmet.items() if conditions),
        unmet=tuple(condition for conditions in unmet.values() for condition in conditions),
        is_nested=is_nested,
    )


def _distinct(definitions: Sequence[Definition]) -> Iterable[Definition]:
    """Return the definitions without duplicates. A module may be passed twice, or together with one of its functions."""
    functions = [definition.function for definition in definitions]
    if len(set(map(id, functions))) == len(functions) and MethodType not in set(map(type, functions)):
        return definitions  # the usual case, detected without a Python loop
    distinct: dict[tuple[object, ...], Definition] = {}
    for definition in definitions:
        function = definition.function
        identity = (id(function.__self__), id(function.__func__)) if isinstance(function, MethodType) else (id(function),)
        earlier = distinct.setdefault((definition.name, *identity), definition)
        if definition.is_named and not earlier.is_named:
            distinct[definition.name, *identity] = earlier._replace(is_named=True)
    return distinct.values()


def config_keys(definitions: Iterable[Definition]) -> frozenset[str]:
    """Return the config keys that determine which functions are included and what their decorators do."""
    return frozenset(
        key
        for definition in definitions
        for attachment in attachments_of(definition.function)
        if isinstance(attachment, Condition | Pending)
        for key in attachment.keys
    )


def variant_dependencies(definitions: Iterable[Definition]) -> frozenset[str]:
    """Return the parameters of all conditional functions, including functions in subdags."""
    from headwater.decorators.subdags import NestedDecorator  # imported lazily: only a warning needs it

    functions = [definition.function for definition in definitions]
    attachments = (attachment for function in functions for attachment in attachments_of(function))
    nested = (attachment for attachment in attachments if isinstance(attachment, NestedDecorator))
    return variant_parameters(functions).union(*(decorator.variant_parameters() for decorator in nested))


def plain_node(definition: Definition, shared: DependencyCache | None = None) -> Node:
    """Return the node of a function before its modifiers apply. Nodes share equal parameters through `shared`.

    Raises:
        MissingAnnotation, UnresolvedAnnotation, UnsupportedParameter: the function cannot be a node.
    """
    function = definition.function
    is_wrapped = hasattr(function, "__wrapped__")
    location = below_decorators(source_location(function)) if is_wrapped or attachments_of(function) else None

    def locate() -> SourceLocation:
        return location or source_location(function)

    parameters, returns, by_keyword = signature_of(definition.name, function, locate, shared)
    operation: Operation | None = FunctionCall(function, by_keyword) if by_keyword else None
    is_async = _is_async(function)
    if is_async or (is_wrapped and is_async_function(innermost(function))):
        operation = Await(operation or FunctionCall(function), Origin(definition.name, locate()), is_wrapper=not is_async)
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


def _is_async(function: Callable[..., Any]) -> bool:
    if type(function) is FunctionType:  # the usual case: there are no wrappers to examine
        return bool(function.__code__.co_flags & ASYNCHRONOUS)
    return is_async_function(function)


def _shared_name(definition: Definition, condition: Condition) -> str:
    name, separator, _ = definition.name.rpartition("__")
    if not separator:
        return definition.name
    if not name or definition.name.endswith("__"):
        raise decorator_error(
            condition.name, definition.function, "the name must look like `name__variant`, with a word on both sides of `__`."
        )
    return name


def _nodes_of(definition: Definition, scope: _DefinitionScope) -> Sequence[Node]:
    attachments = attachments_of(definition.function)
    node = plain_node(definition, scope.shared)
    if not attachments:
        return [node]
    reads: dict[str | None, Any] = {}
    function = definition.function
    nodes = apply_modifiers([node], resolve_attachments(attachments, function, scope.within(function), reads, scope.keys))
    settings = tuple(reads.items())
    if scope.keys is not None:
        # The key None means that a decorator iterated over the whole config.
        scope.keys.update(scope.config if None in reads else (key for key in reads if key is not None))
    return [node.replaced(settings=(*node.settings, *settings)) for node in nodes] if settings else nodes


def resolve_attachments(
    attachments: Iterable[Attachment],
    function: Callable[..., Any],
    scope: Scope,
    reads: dict[str | None, Any] | None = None,
    keys: set[str] | None = None,
) -> Iterator[Modifier]:
    """Yield the modifiers among a function's attachments. `Pending` attachments are resolved with the config.

    `reads` collects the config values that decorators without `shows_config` read. `keys` collects the config
    keys of all decorators.
    """
    for attachment in attachments:
        if isinstance(attachment, Pending):
            is_recorded = reads is not None and not getattr(attachment, "shows_config", False)
            visible = RecordingScope(scope, reads) if reads is not None and is_recorded else scope
            if keys is not None:
                keys |= attachment.keys
            yield from resolve_attachments(attachment.resolve(visible, function), function, scope, reads, keys)
        elif isinstance(attachment, Modifier):
            yield attachment


class RecordingScope:
    """A scope that records which config values a decorator reads."""

    def __init__(self, scope: Scope, reads: dict[str | None, Any]) -> None:
        self._scope = scope
        self.config: Mapping[str, Any] = RecordingConfig(scope.config, reads)

    def node_of(self, function: Callable[..., Any]) -> Node:
        """Return a function's plain node."""
        return self._scope.node_of(function)

    def nodes_of(self, sources: Sequence[ModuleType | Callable[..., Any]], config: Mapping[str, Any]) -> Sequence[Node]:
        """Return the nodes of modules and functions. Reads are recorded if `config` is `self.config`."""
        return self._scope.nodes_of(sources, config)


class RecordingConfig(Mapping[str, Any]):
    """A config that records each key that is read, with its value, or with `REQUIRED` if the key is missing."""

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


class _DefinitionScope(NamedTuple):
    """The scope of the decorators in a build."""

    config: Mapping[str, Any]
    inside: tuple[Callable[..., Any], ...] = ()
    """The functions whose subdags enclose this scope."""
    keys: set[str] | None = None
    """The collected config keys on which decorators depend."""
    excluded_variants: dict[str, list[ExcludedVariant]] | None = None
    """The collected functions that are not included."""
    shared: DependencyCache | None = None
    """Parameters that nodes share."""

    def within(self, function: Callable[..., Any]) -> _DefinitionScope:
        """Return the scope for a function's decorators.

        Raises:
            DecoratorError: if the function is part of its own subdag.
        """
        if function in self.inside:
            raise self_nesting_error(function)
        return self._replace(inside=(*self.inside, function))

    def node_of(self, function: Callable[..., Any]) -> Node:
        """Return a function's plain node, without its decorators."""
        return plain_node(definition_of(function, name_of(function) or "step"))

    def nodes_of(self, sources: Sequence[ModuleType | Callable[..., Any]], config: Mapping[str, Any]) -> Sequence[Node]:
        """Return the nodes of modules and functions under a config."""
        definitions: list[Definition] = []
        for source in sources:
            definitions.extend(
                definitions_in(source)
                if isinstance(source, ModuleType)
                else [definition_of(source, name_of(source))._replace(is_named=True)]
            )
        scope = self._replace(config=config)
        selected = select_definitions(definitions, config, self.excluded_variants, is_nested=True)
        return [node for definition in selected for node in _nodes_of(definition, scope)]


def self_nesting_error(function: Callable[..., Any]) -> HeadwaterError:
    """Return the error for a function that is part of its own subdag."""
    name = next((attachment.name for attachment in attachments_of(function) if isinstance(attachment, Pending)), "subdag")
    reason = "its functions include the decorated function itself. Move the other functions to a separate module."
    return decorator_error(name, function, reason)
