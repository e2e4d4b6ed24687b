"""What a decorator is made of: three small protocols, and how they attach to a function.

A decorator leaves the function as it is and returns a copy that it has noted itself on. When a graph is built,
`functions.py` makes the plain node of the function and hands it through the function's modifiers, phase by phase, and within
a phase in the order in which they apply: the decorator nearest to the function first. A `Condition` decides whether the
function takes part at all; a `Pending` modifier is one that is only known once the config is.

To write one's own decorator, write a class with a `phase`, a `name` and an `apply`, and attach instances of it:

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
from headwater.introspection.callables import bare_signature, copy_function, innermost
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
    """What `@name(...)` returns: takes a function and returns a copy of it, with a modifier noted on it."""

    def __call__(self, function: F, /) -> F:
        """The function with the modifier."""
        ...


_ATTRIBUTE = "__headwater_attachments__"


class Phase(enum.IntEnum):
    """When a modifier applies, whatever the order in which decorators are written."""

    CREATE = 1
    """The function's nodes are made another way than by calling it: `does`, `subdag`."""
    BIND = 2
    """Parameters are bound to values and other nodes: `inject`."""
    INJECT = 3
    """What the function reads is made first: `pipe_input`, `with_columns`, `load_from`."""
    EXPAND = 4
    """One node becomes several: `parameterize`."""
    ADAPT = 5
    """What the function returns is split into data and metadata: `dataloader`, `datasaver`."""
    TRANSFORM = 6
    """Nodes are added around the value: `extract_columns`, `extract_fields`, `check_output`, `pipe_output`, `save_to`."""
    ANNOTATE = 7
    """Nodes are described: `tag`, `schema.output`."""


@runtime_checkable
class Modifier(Protocol):
    """Maps the nodes of one function to other nodes; knows no graph and no driver."""

    @property
    def name(self) -> str:
        """The decorator's name, for messages."""
        ...

    @property
    def phase(self) -> Phase:
        """When it applies."""
        ...

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """The nodes after this modifier, made from those before it."""
        ...


class Scope(Protocol):
    """What a `Pending` modifier may ask while a graph is built."""

    @property
    def config(self) -> Mapping[str, Any]:
        """The config of the dataflow."""
        ...

    def node_of(self, function: Callable[..., Any]) -> Node:
        """The plain node of a function that need not be part of the dataflow, its own decorators left aside."""
        ...

    def nodes_of(self, sources: Sequence[ModuleType | Callable[..., Any]], config: Mapping[str, Any]) -> Sequence[Node]:
        """The nodes of the functions of some modules, and of some functions, under another config."""
        ...


@runtime_checkable
class Pending(Protocol):
    """Becomes modifiers when a graph is built, with the config and with functions that are not part of the dataflow."""

    @property
    def name(self) -> str:
        """The decorator's name, for messages."""
        ...

    @property
    def keys(self) -> frozenset[str]:
        """The config keys that it looks at."""
        ...

    # A class attribute `shows_config = True` promises that what `resolve` takes from the config ends up in the arguments of
    # the nodes and in which nodes there are, and nowhere else. Otherwise all nodes of the function count as depending on it.

    def resolve(self, scope: Scope, function: Callable[..., Any]) -> Sequence[Modifier | Pending]:
        """What to apply to the function in its place."""
        ...


@runtime_checkable
class Condition(Protocol):
    """Decides from the config whether a function takes part at all."""

    @property
    def name(self) -> str:
        """The decorator's name, for messages."""
        ...

    @property
    def keys(self) -> frozenset[str]:
        """The config keys that it looks at."""
        ...

    @property
    def is_fallback(self) -> bool:
        """True if it holds only where no other variant of the same name does."""
        ...

    def holds(self, config: Mapping[str, Any]) -> bool:
        """True if the function takes part under this config."""
        ...


@runtime_checkable
class ComparingCondition(Condition, Protocol):
    """A condition that compares config values, and can say which do not pass."""

    def unmet(self, config: Mapping[str, Any]) -> Iterable[UnmetCondition]:
        """The config keys that keep it from holding."""
        ...


def variant_parameters(functions: Iterable[Callable[..., Any]]) -> frozenset[str]:
    """The parameters of those functions that take part under some config only, and perhaps not under the present one."""
    names: set[str] = set()
    for function in functions:
        if any(isinstance(noted, Condition) for noted in attachments_of(function)):
            try:
                names.update(bare_signature(function).parameters)
            except (TypeError, ValueError):  # not a function that could be a node
                continue
    return frozenset(names)


class IncomparableError(Exception):
    """A config value cannot be compared with what a condition asks for; the message says which and why."""


def holds_for(condition: Condition, function: Callable[..., Any], config: Mapping[str, Any]) -> bool:
    """Whether a condition on a function, or on a step of its pipe, holds.

    Raises:
        DecoratorError: if a config value cannot be compared.
    """
    try:
        return condition.holds(config)
    except IncomparableError as error:
        raise decorator_error(condition.name, function, str(error)) from error.__cause__


class Exclusion:
    """The condition that never holds, of a function that is no node: of `exclude`, or of the decorator that is named."""

    keys: frozenset[str] = frozenset()
    is_fallback = False

    def __init__(self, name: str) -> None:
        self.name = name

    def holds(self, config: Mapping[str, Any]) -> bool:
        """False whatever the config."""
        del config
        return False


Attachment = Modifier | Pending | Condition
"""What may be noted on a function."""

Target = str | Sequence[str] | EllipsisType | None
"""Which of a function's nodes a decorator is about: by name; all of them (`...`); or those at its end (None)."""


def attach(modifier: Attachment, function: F) -> F:
    """Returns the function with a modifier noted on it, after those that are there.

    It is a copy of the function: one function can be decorated in two ways, and stays what it was.
    """
    if isinstance(function, MissingCall):
        raise function.error()
    if isinstance(function, type) or not callable(function) or not hasattr(function, "__dict__"):
        raise TypeError(f"@{modifier.name} decorates functions; got {function!r}.")
    copy: F = copy_function(function)
    return set_attachments((*attachments_of(function), modifier), copy)


def set_attachments(modifiers: Sequence[Attachment], function: F) -> F:
    """Puts these modifiers in the place of those that are noted on a function, and returns that very function."""
    setattr(function, _ATTRIBUTE, tuple(modifiers))
    return function


def attachments_of(function: Callable[..., Any]) -> tuple[Attachment, ...]:
    """What is noted on a function, the decorator nearest to it first."""
    noted: tuple[Attachment, ...] = getattr(function, _ATTRIBUTE, ())
    return attachments_of(function.func) if not noted and isinstance(function, partial) else noted


def apply_modifiers(nodes: Sequence[Node], modifiers: Iterable[Modifier]) -> Sequence[Node]:
    """The nodes after all these modifiers, in the order of their phases."""
    for modifier in sorted(modifiers, key=lambda one: one.phase):
        nodes = modifier.apply(nodes)
    return nodes


def decorator_error(decorator: str, function: Callable[..., Any] | Node, reason: str) -> DecoratorError:
    """The error for a decorator that is used in a way that cannot work."""
    if isinstance(function, MissingCall):
        return function.error()
    if isinstance(function, Node):
        return DecoratorError(decorator, function.name, reason, function.location)
    location: SourceLocation = source_location(function)
    return DecoratorError(decorator, getattr(function, "__name__", repr(function)), reason, location)


def warn(decorator: str, function: Callable[..., Any] | Node, reason: str) -> None:
    """Warn about a decorator that works, but not as it is written."""
    name = function.name if isinstance(function, Node) else getattr(function, "__name__", repr(function))
    location = function.location if isinstance(function, Node) else source_location(function)
    warnings.warn_explicit(DecoratorWarning(decorator, name, reason, location), None, location.file, location.line)


def takes_arguments(name: str) -> Callable[[Callable[P, Decorator]], Callable[P, Decorator]]:
    """For a decorator of that name: what is wrong with its arguments is said at the function that it decorates.

    So is that its brackets are missing, `@tag` for `@tag(...)`.
    """

    def of(decorator: Callable[P, Decorator]) -> Callable[P, Decorator]:
        @wraps(decorator)
        def checked(*arguments: P.args, **more: P.kwargs) -> Decorator:
            if (only := _only_function(arguments, more)) is not None:
                raise missing_call_error(name, only)
            return _build(name, decorator, *arguments, **more)

        return checked

    return of


def takes_functions(name: str) -> Callable[[Callable[P, Decorator]], Callable[P, Decorator]]:
    """As `takes_arguments`, for a decorator like `@does(_sum)`, which may be given a function and nothing else."""

    def of(decorator: Callable[P, Decorator]) -> Callable[P, Decorator]:
        @wraps(decorator)
        def checked(*arguments: P.args, **more: P.kwargs) -> Decorator:
            only = _only_function(arguments, more)
            made = _build(name, decorator, *arguments, **more)
            return made if only is None else MissingCall(name, only, made)

        return checked

    return of


class MissingCall:
    """What a decorator makes of one function: `@does(_sum)`, or an `@does` that lacks its brackets.

    In the second case it stands in the module under the name of the function that should have been decorated.
    """

    def __init__(self, name: str, given: Callable[..., Any], decorator: Decorator) -> None:
        self.__name__ = given.__name__
        self.__wrapped__ = given
        self._name = name
        self._decorator = decorator

    def __call__(self, function: F, /) -> F:
        """The function, decorated."""
        return self._decorator(function)

    def is_missing_call(self, name: str, module: str) -> bool:
        """True if it has the name, in its own module, of the function that it was given."""
        return (name, module) == (self.__name__, self.__wrapped__.__module__)

    def error(self) -> DecoratorError:
        """The error for the missing brackets."""
        return missing_call_error(self._name, self.__wrapped__)


def is_function(value: object) -> bool:
    """True for what `def` makes, as it is or behind `functools.wraps` and `functools.cache`."""
    if type(value) is FunctionType:
        return True
    return callable(value) and hasattr(value, "__wrapped__") and type(innermost(value)) is FunctionType


def _only_function(arguments: Sequence[Any], more: Mapping[str, object]) -> Callable[..., Any] | None:
    """The one argument, if it is a function."""
    only = arguments[0] if len(arguments) == 1 and not more else None
    if isinstance(only, MissingCall):
        raise only.error()
    return only if is_function(only) else None


def missing_call_error(name: str, function: Callable[..., Any]) -> DecoratorError:
    """The error for `@name` where `@name(...)` is meant."""
    return decorator_error(name, function, f"it takes arguments: write `@{name}(...)`.")


def _build(name: str, decorator: Callable[P, Decorator], /, *arguments: P.args, **more: P.kwargs) -> Decorator:
    """The decorator made of the arguments; where they do not fit its parameters, one that says so."""
    try:
        return decorator(*arguments, **more)
    except TypeError:
        import inspect  # takes milliseconds to import, and something is wrong

        signature = inspect.signature(decorator)
        try:
            signature.bind(*arguments, **more)
        except TypeError as problem:
            known = (str(one.replace(annotation=one.empty, default=one.empty)) for one in signature.parameters.values())
            return _refusing(name, f"{problem}; it takes {', '.join(f'`{one}`' for one in known)}.")
        raise


def _refusing(name: str, reason: str) -> Decorator:
    def refuse(function: F) -> F:
        raise decorator_error(name, function, reason)

    return refuse


def parse_names(decorator: str, function: Callable[..., Any] | Node, of: str, given: object) -> tuple[str, ...]:
    """The names that were given, one as a text or several in a list.

    `of` says what they were given for, for messages.

    Raises:
        DecoratorError: for anything else.
    """
    if isinstance(given, str):
        return (normalized(given),)
    if isinstance(given, Sequence) and all(isinstance(name, str) for name in given):
        return tuple(map(normalized, given))
    raise decorator_error(decorator, function, f"{of} takes a name or a list of names, and not {given!r}.")


def leaf_nodes(nodes: Sequence[Node]) -> list[Node]:
    """Those nodes of a function that none of its other nodes reads; savers aside, and what a subdag receives.

    A parameter with the name of its own function does not count: a decorator may still feed it from elsewhere. Nor do nodes
    of other functions, such as those of a subdag, where there are nodes of the function itself.

    Raises:
        CycleError: every node is read by another one.
    """
    values = [node for node in nodes if node.tags.get(ROLE_TAG) not in ("saver", "received")] or nodes
    read = {dependency.source for node in values for dependency in node.dependencies if dependency.source != node.name}
    found = [node for node in values if node.name not in read]
    if not found:
        raise_all(_cycles(values))
    own = [node for node in found if node.function is values[-1].function]
    return own or found


def _cycles(nodes: Sequence[Node]) -> Sequence[HeadwaterError]:
    """The cycles among nodes, as a graph of them reports them."""
    from headwater.graph.graph import Graph  # needed only for an error

    _, errors = Graph.link(nodes)
    return [error for error in errors if isinstance(error, CycleError)]


def sole_leaf(decorator: str, nodes: Sequence[Node]) -> Node:
    """The one node at the end of a function that a decorator can work on; an error where there are several."""
    last = leaf_nodes(nodes)
    if len(last) == 1:
        return last[0]
    names = ", ".join(f"`{node.name}`" for node in last)
    reason = f"it works on one node, and the decorators before it made {len(last)}: {names}. Use it on a function of its own."
    raise decorator_error(decorator, last[0], reason)


def targets(decorator: str, nodes: Sequence[Node], target: Target) -> list[Node]:
    """The nodes that `target_` chooses.

    Raises:
        DecoratorError: for a name that none of the function's nodes has.
    """
    if target is None:
        return leaf_nodes(nodes)
    if target is ...:
        return list(nodes)
    wanted = tuple(dict.fromkeys(parse_names(decorator, nodes[-1], "`target_`", target)))
    by_name = {normalized(node.name): node for node in nodes}
    for name in wanted:
        if name not in by_name:
            made = ", ".join(f"`{one}`" for one in by_name)
            reason = f"`target_` names `{name}`, and the function makes {made}.{did_you_mean(name, by_name)}"
            raise decorator_error(decorator, nodes[-1], reason)
    return [by_name[name] for name in wanted]


def replace_nodes(nodes: Sequence[Node], new: Mapping[str, Sequence[Node]]) -> list[Node]:
    """The nodes, each whose name is in `new` replaced by what stands there."""
    return [one for node in nodes for one in new.get(node.name, [node])]


def unique_name(name: str, taken: set[str]) -> str:
    """The name, or with a number where another node of the function has it already; it is taken from then on."""
    candidates = itertools.chain([name], (f"{name}_{number}" for number in itertools.count(1)))
    free = next(candidate for candidate in candidates if candidate not in taken)
    taken.add(free)
    return free
