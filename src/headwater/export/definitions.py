"""The functions that define nodes, and the config keys that are needed to build the nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import ModuleType
from typing import Any, NamedTuple

from headwater.decorators.dynamic import Resolve
from headwater.decorators.protocol import Attachment, Condition, Pending, attachments_of
from headwater.decorators.subdags import NestedDecorator
from headwater.definitions.functions import definition_of, plain_node
from headwater.graph.node import Node
from headwater.introspection.callables import name_of

Function = Callable[..., Any]


def functions_behind(nodes: Iterable[Node], modules: Iterable[str]) -> list[Function]:
    """Return the functions that define the nodes: functions that compute a node, and functions whose decorators modify one."""
    known = set(modules)
    functions = (function for node in nodes for function in (node.function, *node.shaped_by) if function is not None)
    # Partials and other objects without a name are arguments of decorators, not definitions.
    defined = (function for function in functions if hasattr(function, "__name__") and function.__module__ in known)
    return list({id(function): function for function in defined}.values())


def is_definition(function: Function, config: Mapping[str, Any]) -> bool:
    """Return True if a function defines nodes under a config: it is public and its conditions hold."""
    conditions = (attachment for attachment in attachments_of(function) if isinstance(attachment, Condition))
    return not function.__name__.startswith("_") and all(condition.holds(config) for condition in conditions)


def config_keys(function: Function, config: Mapping[str, Any]) -> frozenset[str]:
    """Return the config keys that a function's decorators need.

    The result includes the keys of computed decorators and of functions in subdags. It also includes keys named after a
    function in a subdag, because the values of these keys replace the function.
    """
    keys: set[str] = set()
    seen: set[int] = set()
    pending: list[tuple[Function, Attachment]] = [(function, attachment) for attachment in attachments_of(function)]
    while pending:
        decorated, attachment = pending.pop()
        if isinstance(attachment, Condition | Pending):
            keys |= attachment.keys
        if isinstance(attachment, Resolve):
            pending += [(decorated, resolved) for resolved in attachment.resolve(_Config(config), decorated)]
        elif isinstance(attachment, NestedDecorator):
            for inner in attachment.inner_functions():
                name = name_of(inner) or ""
                keys.update(config.keys() & {name, name.rpartition("__")[0]})
                if id(inner) not in seen:
                    seen.add(id(inner))
                    pending += [(inner, nested) for nested in attachments_of(inner)]
    return frozenset(keys)


class _Config(NamedTuple):
    """Gives a computed decorator access to the config and to individual functions."""

    config: Mapping[str, Any]

    def node_of(self, function: Function) -> Node:
        """Return a function's node without its decorators."""
        return plain_node(definition_of(function, name_of(function) or "step"))

    def nodes_of(self, sources: Sequence[ModuleType | Function], config: Mapping[str, Any]) -> Sequence[Node]:
        """Return no nodes, because finding config keys does not require applying decorators."""
        del sources, config
        return ()
