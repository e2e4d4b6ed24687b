"""`KnownNodes`: the nodes of functions that stay loaded from build to build, such as those in a live session."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, NamedTuple

from headwater.decorators.protocol import Attachment, Pending, attachments_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from headwater.definitions.functions import Definition
    from headwater.graph.node import Node


class _KnownFunction(NamedTuple):
    """The nodes of a function, and the definition and attachments from which they were created."""

    definition: Definition
    attachments: Sequence[Attachment]
    nodes: Sequence[Node]
    warnings: Sequence[warnings.WarningMessage]
    """The warnings that decorators issued while they created the nodes."""

    def is_of(self, definition: Definition) -> bool:
        """Return whether the nodes belong to this definition."""
        is_same_function = self.definition.function is definition.function  # `==` may run the user's code
        return is_same_function and self.definition == definition and self.attachments is attachments_of(definition.function)


class KnownNodes:
    """The nodes that earlier builds created, except those of functions with decorators that depend on the config.

    The nodes of a function are known as long as the function is the same object. Call `forget` before a module is executed
    again, because a function can remain the same object but move to another line.
    """

    def __init__(self) -> None:
        self._known: dict[str, dict[str, _KnownFunction]] = {}
        """The nodes of each function, keyed by module and name."""

    def nodes_of(self, definition: Definition, create: Callable[[], Sequence[Node]]) -> Sequence[Node]:
        """Return the nodes of a function, creating them if they are not known.

        Issue the warnings from their creation each time.
        """
        attachments = attachments_of(definition.function)
        if any(isinstance(attachment, Pending) for attachment in attachments):
            return create()
        functions = self._known.setdefault(definition.module, {})
        known = functions.get(definition.name)
        if known is None or not known.is_of(definition):
            with warnings.catch_warnings(record=True) as issued:
                warnings.simplefilter("always")
                nodes = create()
            known = functions[definition.name] = _KnownFunction(definition, attachments, nodes, issued)
        for warning in known.warnings:
            warnings.warn_explicit(warning.message, warning.category, warning.filename, warning.lineno)
        return known.nodes

    def forget(self, module: str) -> None:
        """Forget the nodes of the functions in a module."""
        self._known.pop(module, None)
