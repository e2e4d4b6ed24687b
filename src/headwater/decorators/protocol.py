"""The protocols behind decorators, and how they attach to a function.

A decorator does not change the function. It returns a copy with an object attached:

- A `Modifier` maps the function's nodes to other nodes.
- A `Condition` uses the config to decide whether the function is included in the dataflow.
- A `Pending` becomes modifiers once the config is known.

When a graph is built, `definitions/functions.py` creates the function's plain node and passes it through the modifiers, phase
by phase. Within a phase, the decorator nearest to the function applies first.

To write a custom decorator, define a class with `name`, `phase` and `apply`, and attach instances of it:

>>> from headwater.decorators.protocol import Phase, attach, attachments_of
>>> class Loud:
...     name = "loud"
...     phase = Phase.ANNOTATE
...     def apply(self, nodes):
...         return [node.tagged({"volume": "11"}) for node in nodes]
>>> def loud(function):
...     return attach(Loud(), function)
>>> @loud
... def guitar() -> str:
...     return "twang"
>>> [modifier.name for modifier in attachments_of(guitar)]
['loud']
"""

from __future__ import annotations

import enum
import itertools
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial, wraps
from types import EllipsisType, FunctionType, ModuleType
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar, runtime_checkable

from headwater.errors import CycleError, DecoratorError, DecoratorWarning, HeadwaterError, raise_all
from headwater.errors.suggestions import did_you_mean
from headwater.graph.node import ROLE_TAG, Node
from headwater.introspection.callables import bare_signature, copy_function, innermost, is_callable_value
from headwater.introspection.names import normalized
from headwater.introspection.source_location import SourceLocation, source_location

if TYPE_CHECKING:
    from headwater.errors.excluded_variants import UnmetCondition

__all__ = [
    "Condition",
    "Modifier",
    "Pending",
    "Phase",
    "Scope",
    "attach",
    "attachments_of",
    "decorator_error",
    "leaf_nodes",
    "sole_leaf",
    "targets",
]

F = TypeVar("F", bound=Callable[..., Any])
P = ParamSpec("P")


class Decorator(Protocol):
    """The result of `@name(...)`: takes a function and returns a decorated copy."""

    def __call__(self, function: F, /) -> F:
        """Return a decorated copy of the function."""
        ...


_ATTRIBUTE = "__headwater_attachments__"


class Phase(enum.IntEnum):
    """The phases in which modifiers apply, regardless of the order in which decorators are written."""

    CREATE = 1
    """Compute the value without calling the function: `does`, `subdag`."""
    BIND = 2
    """Bind parameters to values and other nodes: `inject`."""
    INJECT = 3
    """Add nodes upstream of the function: `pipe_input`, `with_columns`, `load_from`."""
    EXPAND = 4
    """Turn one node into several: `parameterize`."""
    ADAPT = 5
    """Split the returned value into data and metadata: `dataloader`, `datasaver`."""
    TRANSFORM = 6
    """Add nodes around the value: `extract_columns`, `extract_fields`, `check_output`, `pipe_output`, `save_to`."""
    ANNOTATE = 7
    """Describe nodes: `tag`, `schema.output`."""


@runtime_checkable
class Modifier(Protocol):
    """A transformation of one function's nodes into other nodes. A modifier has no access to the graph or the driver."""

    @property
    def name(self) -> str:
        """Return the decorator's name, for messages."""
        ...

    @property
    def phase(self) -> Phase:
        """Return the phase in which the modifier applies."""
        ...

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Return the modified nodes."""
        ...


class Scope(Protocol):
    """The information available to a `Pending` while a graph is built."""

    @property
    def config(self) -> Mapping[str, Any]:
        """Return the config of the dataflow."""
        ...

    def node_of(self, function: Callable[..., Any]) -> Node:
        """Return a function's plain node, without its decorators. The function need not be part of the dataflow."""
        ...

    def nodes_of(self, sources: Sequence[ModuleType | Callable[..., Any]], config: Mapping[str, Any]) -> Sequence[Node]:
        """Return the nodes of modules and functions under another config."""
        ...


@runtime_checkable
class Pending(Protocol):
    """An attachment that becomes modifiers when a graph is built and the config is known."""

    @property
    def name(self) -> str:
        """Return the decorator's name, for messages."""
        ...

    @property
    def keys(self) -> frozenset[str]:
        """Return the config keys that the attachment depends on."""
        ...

    # A class attribute `shows_config = True` promises that config values affect only which nodes exist and which arguments
    # they have. Otherwise, all nodes of the function are treated as depending on the config.

    def resolve(self, scope: Scope, function: Callable[..., Any]) -> Sequence[Modifier | Pending]:
        """Return the modifiers to apply instead of this attachment."""
        ...


@runtime_checkable
class Condition(Protocol):
    """Uses the config to decide whether a function is included in the dataflow."""

    @property
    def name(self) -> str:
        """Return the decorator's name, for messages."""
        ...

    @property
    def keys(self) -> frozenset[str]:
        """Return the config keys that the condition depends on."""
        ...

    @property
    def is_fallback(self) -> bool:
        """Return True if the condition holds only when no other variant of the same name is included."""
        ...

    def holds(self, config: Mapping[str, Any]) -> bool:
        """Return True if the function is included under this config."""
        ...


@runtime_checkable
class ComparingCondition(Condition, Protocol):
    """A condition that compares config values with expected values, and can report the config keys whose values differ."""

    def unmet(self, config: Mapping[str, Any]) -> Iterable[UnmetCondition]:
        """Return the config keys whose values do not match."""
        ...


def variant_parameters(functions: Iterable[Callable[..., Any]]) -> frozenset[str]:
    """Return the parameters of all conditional functions, whether or not their conditions hold under the current config."""
    names: set[str] = set()
    for function in functions:
        if any(isinstance(attachment, Condition) for attachment in attachments_of(function)):
            try:
                names.update(bare_signature(function).parameters)
            except (TypeError, ValueError):  # a function without a signature cannot be a node
                continue
    return frozenset(names)


class IncomparableError(Exception):
    """A config value cannot be compared with the value that a condition expects. The message names the key and the reason."""


def holds_for(condition: Condition, function: Callable[..., Any], config: Mapping[str, Any]) -> bool:
    """Return True if a condition on a function, or on a step in its pipe, holds.

    Raises:
        DecoratorError: if a config value cannot be compared.
    """
    try:
        return condition.holds(config)
    except IncomparableError as error:
        raise decorator_error(condition.name, function, str(error)) from error.__cause__


class Exclusion:
    """A condition that never holds, so the function is not a node. Used by `exclude` and `mutate`."""

    keys: frozenset[str] = frozenset()
    is_fallback = False

    def __init__(self, name: str) -> None:
        self.name = name

    def holds(self, config: Mapping[str, Any]) -> bool:
        """Return False for every config."""
        del config
        return False


Attachment = Modifier | Pending | Condition
"""An object that can be attached to a function."""

Target = str | Sequence[str] | EllipsisType | None
"""Selects the function's nodes to which a decorator applies: nodes by name, all nodes (`...`), or the leaf nodes (None)."""


def attach(attachment: Attachment, function: F) -> F:
    """Return a copy of the function with one more object attached.

    The original is unchanged, so the same function can be decorated in several ways.
    """
    if isinstance(function, MissingCall):
        raise function.error()
    if not is_callable_value(function) or not hasattr(function, "__dict__"):
        raise TypeError(f"@{attachment.name} decorates functions; got {function!r}.")
    copy: F = copy_function(function)
    return set_attachments((*attachments_of(function), attachment), copy)


def set_attachments(attachments: Sequence[Attachment], function: F) -> F:
    """Replace all attachments of a function in place, and return the function."""
    setattr(function, _ATTRIBUTE, tuple(attachments))
    return function


def attachments_of(function: Callable[..., Any]) -> tuple[Attachment, ...]:
    """Return a function's attachments. The attachment of the nearest decorator comes first."""
    attachments: tuple[Attachment, ...] = getattr(function, _ATTRIBUTE, ())
    return attachments_of(function.func) if not attachments and isinstance(function, partial) else attachments


def apply_modifiers(nodes: Sequence[Node], modifiers: Iterable[Modifier]) -> Sequence[Node]:
    """Return the nodes after applying the modifiers in the order of their phases."""
    for modifier in sorted(modifiers, key=lambda modifier: modifier.phase):
        nodes = modifier.apply(nodes)
    return nodes


def decorator_error(decorator: str, function: Callable[..., Any] | Node, reason: str) -> DecoratorError:
    """Return the error for an invalid use of a decorator, with the name and location of the function."""
    if isinstance(function, MissingCall):
        return function.error()
    if isinstance(function, Node):
        return DecoratorError(decorator, function.name, reason, function.location)
    location: SourceLocation = source_location(function)
    return DecoratorError(decorator, getattr(function, "__name__", repr(function)), reason, location)


def warn(decorator: str, function: Callable[..., Any] | Node, reason: str) -> None:
    """Issue a warning about a decorator that contradicts the function or has no effect."""
    name = function.name if isinstance(function, Node) else getattr(function, "__name__", repr(function))
    location = function.location if isinstance(function, Node) else source_location(function)
    warnings.warn_explicit(DecoratorWarning(decorator, name, reason, location), None, location.file, location.line)


def takes_arguments(name: str) -> Callable[[Callable[P, Decorator]], Callable[P, Decorator]]:
    """Report invalid arguments to the decorator `name`, with the location of the decorated function.

    A missing call, such as `@tag` instead of `@tag(...)`, is reported in the same way.
    """

    def wrap(decorator: Callable[P, Decorator]) -> Callable[P, Decorator]:
        @wraps(decorator)
        def wrapper(*arguments: P.args, **keywords: P.kwargs) -> Decorator:
            if (function := _only_function(arguments, keywords)) is not None:
                raise missing_call_error(name, function)
            return _build(name, decorator, *arguments, **keywords)

        return wrapper

    return wrap


def takes_functions(name: str) -> Callable[[Callable[P, Decorator]], Callable[P, Decorator]]:
    """Act like `takes_arguments`, but for a decorator whose only argument may be a function: `@does(_sum)`."""

    def wrap(decorator: Callable[P, Decorator]) -> Callable[P, Decorator]:
        @wraps(decorator)
        def wrapper(*arguments: P.args, **keywords: P.kwargs) -> Decorator:
            function = _only_function(arguments, keywords)
            decorate = _build(name, decorator, *arguments, **keywords)
            return decorate if function is None else MissingCall(name, function, decorate)

        return wrapper

    return wrap


class MissingCall:
    """A decorator called with one function: either correctly, as in `@does(_sum)`, or by mistake, as in `@does`.

    If the call is missing, the module holds this object under the name of the function that should have been decorated.
    """

    def __init__(self, name: str, function: Callable[..., Any], decorator: Decorator) -> None:
        self.__name__ = function.__name__
        self.__wrapped__ = function
        self._name = name
        self._decorator = decorator

    def __call__(self, function: F, /) -> F:
        """Return the decorated function."""
        return self._decorator(function)

    def is_missing_call(self, name: str, module: str) -> bool:
        """Return True if this object is bound to its function's name in the module that defines the function."""
        return (name, module) == (self.__name__, self.__wrapped__.__module__)

    def error(self) -> DecoratorError:
        """Return the error about the missing call."""
        return missing_call_error(self._name, self.__wrapped__)


def is_function(value: object) -> bool:
    """Return True for a function defined with `def`, even if `functools.wraps` or `functools.cache` was applied to it."""
    if type(value) is FunctionType:
        return True
    return callable(value) and hasattr(value, "__wrapped__") and type(innermost(value)) is FunctionType


def _only_function(arguments: Sequence[Any], keywords: Mapping[str, object]) -> Callable[..., Any] | None:
    """Return the argument if it is the only one and is a function, otherwise None."""
    only = arguments[0] if len(arguments) == 1 and not keywords else None
    if isinstance(only, MissingCall):
        raise only.error()
    return only if is_function(only) else None


def missing_call_error(name: str, function: Callable[..., Any]) -> DecoratorError:
    """Return the error for writing `@name` instead of `@name(...)`."""
    return decorator_error(name, function, f"it takes arguments. Write `@{name}(...)`.")


def _build(name: str, decorator: Callable[P, Decorator], /, *arguments: P.args, **keywords: P.kwargs) -> Decorator:
    """Call a decorator with its arguments.

    If the arguments do not fit the parameters, return a decorator that raises the error.
    """
    try:
        return decorator(*arguments, **keywords)
    except TypeError:
        import inspect  # imported lazily: slow to import, and only errors need it

        signature = inspect.signature(decorator)
        try:
            signature.bind(*arguments, **keywords)
        except TypeError as problem:
            parameters = signature.parameters.values()
            if arguments and all(parameter.kind in (parameter.KEYWORD_ONLY, parameter.VAR_KEYWORD) for parameter in parameters):
                reason = f"it takes only keyword arguments. Write a name before each value, as in `@{name}(name=value)`."
                return _raising(name, reason)
            listed = ", ".join(
                f"`{parameter.replace(annotation=parameter.empty, default=parameter.empty)}`" for parameter in parameters
            )
            return _raising(name, f"{problem}; it takes {listed}.")
        raise


def _raising(name: str, reason: str) -> Decorator:
    def raise_error(function: F) -> F:
        raise decorator_error(name, function, reason)

    return raise_error


def parse_names(decorator: str, function: Callable[..., Any] | Node, subject: str, names: object) -> tuple[str, ...]:
    """Return the name in a string, or the names in a list of strings.

    `subject` is how messages refer to the argument that holds the names.

    Raises:
        DecoratorError: `names` is anything else.
    """
    if isinstance(names, str):
        return (normalized(names),)
    if isinstance(names, Sequence) and all(isinstance(name, str) for name in names):
        return tuple(map(normalized, names))
    raise decorator_error(
        decorator, function, f"{subject} takes a name or a list of names, such as `['a', 'b']`, not {names!r}."
    )


def leaf_nodes(nodes: Sequence[Node]) -> list[Node]:
    """Return the nodes of a function that no other node of the function depends on.

    Savers and the inputs of a subdag are omitted. Nodes of other functions, such as those in a subdag, are omitted if the
    function itself has leaf nodes. A parameter with the name of its own function is not treated as a dependency, because a
    decorator may still bind it to something else.

    Raises:
        CycleError: there is no leaf, because the nodes depend on one another in a cycle.
    """
    values = [node for node in nodes if node.tags.get(ROLE_TAG) not in ("saver", "received")] or nodes
    read = {dependency.source for node in values for dependency in node.dependencies if dependency.source != node.name}
    leaves = [node for node in values if node.name not in read]
    if not leaves:
        raise_all(_cycles(values))
    own = [node for node in leaves if node.function is values[-1].function]
    return own or leaves


def _cycles(nodes: Sequence[Node]) -> Sequence[HeadwaterError]:
    """Return the errors for the cycles among nodes."""
    from headwater.graph.graph import Graph  # imported lazily: only errors need it

    _, errors = Graph.link(nodes)
    return [error for error in errors if isinstance(error, CycleError)]


def sole_leaf(decorator: str, nodes: Sequence[Node]) -> Node:
    """Return the only leaf node of a function.

    Raises:
        DecoratorError: the function has several leaf nodes.
    """
    leaves = leaf_nodes(nodes)
    if len(leaves) == 1:
        return leaves[0]
    names = ", ".join(f"`{node.name}`" for node in leaves)
    reason = f"it works on one node, but the decorators below it create {len(leaves)}: {names}. Use it on a separate function."
    raise decorator_error(decorator, leaves[0], reason)


def targets(decorator: str, nodes: Sequence[Node], target: Target) -> list[Node]:
    """Return the nodes that `target_` selects.

    Raises:
        DecoratorError: for a name that is not one of the function's nodes.
    """
    if target is None:
        return leaf_nodes(nodes)
    if target is ...:
        return list(nodes)
    requested = tuple(dict.fromkeys(parse_names(decorator, nodes[-1], "`target_`", target)))
    by_name = {normalized(node.name): node for node in nodes}
    for name in requested:
        if name not in by_name:
            available = ", ".join(f"`{node_name}`" for node_name in by_name)
            reason = f"`target_` names `{name}`, but the function's nodes are {available}.{did_you_mean(name, by_name)}"
            raise decorator_error(decorator, nodes[-1], reason)
    return [by_name[name] for name in requested]


def replace_nodes(nodes: Sequence[Node], replacements: Mapping[str, Sequence[Node]]) -> list[Node]:
    """Return the nodes, with each node named in `replacements` replaced by the nodes listed there."""
    return [replacement for node in nodes for replacement in replacements.get(node.name, [node])]


def unique_name(name: str, used_names: set[str]) -> str:
    """Return the name, with a number appended if it is already taken. Add the result to `used_names`."""
    candidates = itertools.chain([name], (f"{name}_{number}" for number in itertools.count(1)))
    unique = next(candidate for candidate in candidates if candidate not in used_names)
    used_names.add(unique)
    return unique
