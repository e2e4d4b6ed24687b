"""`NodeCodes`: the code and the token of each node. Those of unchanged nodes are reused from run to run."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from headwater.caching.key import config_values, node_token

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping
    from typing import Any

    from headwater.graph.node import Node
    from headwater.session.code import Code, NodeCode, SharedCode


@dataclass(slots=True)
class _KnownCode:
    """The code of a node, and the data from which it was derived."""

    node: Node
    shared: SharedCode
    code: NodeCode
    token: str | None = None
    """The node's token, if it is known and does not depend on the config."""


@dataclass(slots=True)
class NodeCodes:
    """The code and the tokens of the nodes in a session."""

    _known: dict[str, _KnownCode] = field(default_factory=dict[str, _KnownCode])
    _generation: int = 0
    """See `Modules.generation`. Values from an earlier generation may contain instances of outdated classes."""

    def start(self, generation: int) -> None:
        """Give all nodes new tokens if unchanged code may have bound new objects."""
        if generation != self._generation:
            self._generation = generation
            self._known.clear()

    def of(self, node: Node, code: Code) -> NodeCode:
        """Return the code of a node."""
        return self._of(node, code).code

    def token(self, node: Node, code: Code, config: Callable[[Mapping[str, Any]], str]) -> str | None:
        """Return a token for a node's code and the config values that its decorators use.

        Args:
            node: the node.
            code: the code of the session.
            config: returns the token of config values. Not called for a node that is known to use no config values.
        """
        known = self._of(node, code)
        if known.token is not None:
            return known.token
        token = node_token(node, code=lambda _: known.code.fingerprint, constant=_covered, config=config)
        if not config_values(node):
            known.token = token
        return token

    def retain(self, names: Container[str]) -> None:
        """Forget all nodes except these."""
        self._known = {name: known for name, known in self._known.items() if name in names}

    def _of(self, node: Node, code: Code) -> _KnownCode:
        shared = code.of_functions(node)
        known = self._known.get(node.name)
        if known is None or known.node is not node or known.shared != shared:
            known = self._known[node.name] = _KnownCode(node, shared, self._code(node, shared))
        return known

    def _code(self, node: Node, shared: SharedCode) -> NodeCode:
        code = shared.of_node(node)
        return code if code.fingerprint is None else replace(code, fingerprint=f"{self._generation} {code.fingerprint}")


def _covered(_: object) -> str:
    """Return the same string for every constant, because the fingerprint of the code covers the constants in decorators."""
    return ""
