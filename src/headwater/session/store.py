"""`SessionStore`: the store of one run of a session."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from headwater.caching.key import node_token

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from headwater.caching.memory import MemoryStore
    from headwater.caching.store import Trace, Version
    from headwater.graph.node import Node
    from headwater.session.call_capture import CallReport
    from headwater.session.code import Code, NodeCode


@dataclass(slots=True)
class SessionStore:
    """A memory store that considers which functions may read data files or write files."""

    values: MemoryStore
    code: Code
    overridden: Container[str]
    reports: Mapping[str, CallReport]
    """The reports on the calls of this run, by node name. Each is stored with the value."""
    _codes: dict[str, NodeCode] = field(default_factory=dict[str, "NodeCode"])
    _tokens: dict[str, str | None] = field(default_factory=dict[str, "str | None"])

    def lookup(self, node: Node, trace: Trace) -> Version | None:
        """Return the version of the node's value if it was computed from this trace."""
        return self.values.lookup(node, trace)

    def load(self, node: Node, version: Version) -> Any:
        """Return the node's value."""
        return self.values.load(node, version)

    def record(self, node: Node, trace: Trace, value: Any) -> Version:
        """Store a computed value and return its version."""
        code = self._code(node)
        context = self.code.data if code.reads_data else None
        report = self.reports[node.name]
        return self.values.record(node, trace, value, context=context, is_new=code.writes_files, attachment=report)

    def report_of(self, node: Node) -> CallReport:
        """Return the report on the call that computed the node's stored value."""
        report: CallReport = self.values.attachment(node.name)
        return report

    def provide(self, name: str, value: Any) -> Version:
        """Return the version of an input, a config value or an override."""
        if name in self.overridden:
            return self.values.override(name, value, self.code.data)
        return self.values.provide(name, value)

    def token(self, node: Node) -> str | None:
        """Return a token for a node's code and the config values that its decorators use.

        Computed once per run, because a mutable constant gets a new version each time.
        """
        if node.name not in self._tokens:
            self._tokens[node.name] = node_token(
                node,
                code=lambda _: self._code(node).fingerprint,
                constant=_covered,
                config=lambda values: str(self.values.constants(node.name, values)),
            )
        return self._tokens[node.name]

    def state_of(self, node: Node) -> str | None:
        """Return the name of a module-level value that functions change and that the node's function uses."""
        return self._code(node).state

    def _code(self, node: Node) -> NodeCode:
        if node.name not in self._codes:
            self._codes[node.name] = self.code.of_node(node)
        return self._codes[node.name]


def _covered(_: object) -> str:
    """Return the same string for every value in an operation, because the node's definition includes the decorators."""
    return ""
