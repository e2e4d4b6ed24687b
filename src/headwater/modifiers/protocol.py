"""What a decorator is made of: the two small protocols, and how they attach to a function.

A decorator leaves the function as it is and notes itself on it. When a graph is built, `functions.py` makes the plain node
of the function and hands it through the function's modifiers, phase by phase, and within a phase in the order in which
they apply: the decorator nearest to the function first.

To write one's own decorator, write a class with a `phase`, a `name` and an `apply`, and attach instances of it:

>>> from headwater.modifiers.protocol import Phase, attach, modifiers_of
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
>>> [modifier.name for modifier in modifiers_of(guitar)]
['loud']
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar, runtime_checkable

from headwater.errors import DecoratorError
from headwater.node import Node
from headwater.place import Place, written_at

F = TypeVar("F", bound=Callable[..., Any])


class Decorator(Protocol):
    """What `@name(...)` returns: takes a function and returns it, with a modifier noted on it."""

    def __call__(self, function: F, /) -> F:
        """The function itself."""
        ...


_ATTRIBUTE = "__headwater_modifiers__"


class Phase(enum.IntEnum):
    """When a modifier applies, whatever the order in which decorators are written."""

    EXPAND = 1
    """One node becomes several: `parameterize`."""
    TRANSFORM = 2
    """Nodes are added around the value: `extract_columns`, `extract_fields`, `check_output`."""
    ANNOTATE = 3
    """Nodes are described: `tag`."""


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


def attach(modifier: Modifier | Condition, function: F) -> F:
    """Notes a modifier on a function, after those that are there, and returns the function."""
    if isinstance(function, type) or not callable(function):
        raise TypeError(f"@{modifier.name} decorates functions; got {function!r}.")
    noted = (*getattr(function, _ATTRIBUTE, ()), modifier)
    setattr(function, _ATTRIBUTE, noted)
    return function


def modifiers_of(function: Callable[..., Any]) -> tuple[Modifier | Condition, ...]:
    """The modifiers noted on a function, the one nearest to it first."""
    noted: tuple[Modifier | Condition, ...] = getattr(function, _ATTRIBUTE, ())
    return noted


def misuse(decorator: str, function: Callable[..., Any] | Node, reason: str) -> DecoratorError:
    """The error for a decorator that is used in a way that cannot work."""
    if isinstance(function, Node):
        return DecoratorError(decorator, function.name, reason, function.place)
    place: Place = written_at(function)
    return DecoratorError(decorator, function.__name__, reason, place)


def only_node(decorator: str, nodes: Sequence[Node]) -> Node:
    """The one node that a decorator can work on; an error where an earlier decorator made several."""
    if len(nodes) == 1:
        return nodes[0]
    names = ", ".join(f"`{node.name}`" for node in nodes)
    reason = f"it works on one node, and the decorators before it made {len(nodes)}: {names}. Use it on a function of its own."
    raise misuse(decorator, nodes[0], reason)
