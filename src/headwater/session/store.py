"""`SessionStore`: the store for one run of a session."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from headwater.caching.key import config_keys
from headwater.session.causes import LatestCall

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

    from headwater.caching.memory import MemoryStore
    from headwater.caching.store import Trace, Version
    from headwater.graph.node import Node
    from headwater.session.call_capture import CallReport
    from headwater.session.causes import LatestCalls, RunContext
    from headwater.session.code import Code, NodeCode
    from headwater.session.node_codes import NodeCodes
    from headwater.wire.views import CauseView

_NO_CONFIG: Final[Mapping[str, tuple[str | None, Version]]] = MappingProxyType({})


@dataclass(slots=True)
class SessionStore:
    """An in-memory store that takes into account which functions may read data files or write files.

    It compares the trace of each call with that of the node's previous call, to report the reasons for the call.
    """

    context: RunContext
    values: MemoryStore
    latest_calls: LatestCalls
    code: Code
    codes: NodeCodes
    overridden: Container[str]
    reports: Mapping[str, CallReport]
    """The reports on the calls in this run, keyed by node name. Each report is stored with the value that the call computed."""
    _tokens: dict[str, str | None] = field(default_factory=dict[str, "str | None"])
    _config: dict[str, dict[str, tuple[str | None, Version]]] = field(
        default_factory=dict[str, "dict[str, tuple[str | None, Version]]"]
    )
    """For each node, the config values that decorators use, keyed by label. Each has a config key and a version."""
    _missed: dict[str, Trace] = field(default_factory=dict[str, "Trace"])
    """The trace of each node's latest lookup, if the lookup found no value."""

    def lookup(self, node: Node, trace: Trace) -> Version | None:
        """Return the version of the node's value if it was computed from this trace."""
        version = self.values.lookup(node, trace)
        if version is None:
            self._missed[node.name] = trace
        elif not self.latest_calls.confirm(node.name, self.code):
            self.latest_calls.replace(node.name, self._call(node, trace))
        return version

    def start(self, node: Node) -> list[CauseView]:
        """Record the start of a call to a function whose value is not in the store. Return the reasons for the call."""
        call = self._call(node, self._missed.pop(node.name))
        return self.latest_calls.start(node.name, call, self.values.trace(node.name), self.context)

    def load(self, node: Node, version: Version) -> Any:
        """Return the node's value."""
        return self.values.load(node, version)

    def record(self, node: Node, trace: Trace, value: Any) -> Version:
        """Store a computed value and return its version."""
        code = self._code(node)
        context = self.code.data if code.reads_data else None
        report = self.reports[node.name]
        version = self.values.record(node, trace, value, context=context, is_new=code.writes_files, attachment=report)
        self.latest_calls.finish(node.name, self.values.trace(node.name))
        self.latest_calls.add_version(node.name, version)
        return version

    def renew(self, name: str) -> Version:
        """Return a new version of a value that a function has changed, or may have changed, in place."""
        version = self.values.new_version()
        self.latest_calls.renew(name, version)
        return version

    def discard(self, is_discarded: Callable[[Any], bool]) -> None:
        """Discard values that functions have changed, or may have changed, in place."""
        self.latest_calls.discard(self.values.discard(is_discarded))

    def report_of(self, node: Node) -> CallReport:
        """Return the report on the call that computed the node's stored value."""
        report: CallReport = self.values.attachment(node.name)
        return report

    def provide(self, name: str, value: Any) -> Version:
        """Store an input, a config value or an override for this run, and return its version."""
        if name in self.overridden:
            return self.values.override(name, value, self.code.data)
        version = self.values.provide(name, value)
        self.latest_calls.add_version(name, version)
        return version

    def token(self, node: Node) -> str | None:
        """Return a token for a node's code and the config values that its decorators use.

        The token is computed once per run, because a mutable constant gets a new version whenever the token is computed.
        """
        if node.name not in self._tokens:
            self._tokens[node.name] = self.codes.token(node, self.code, partial(self._config_token, node))
        return self._tokens[node.name]

    def state_of(self, node: Node) -> str | None:
        """Return the name of a module-level value that functions change and that the node's function uses."""
        return self._code(node).state

    def _config_token(self, node: Node, values: Mapping[str, Any]) -> str:
        versions = self.values.constants(node.name, values)
        if values:
            keys = config_keys(node)
            self._config[node.name] = {label: (keys[label], version) for label, version in zip(values, versions, strict=True)}
        return str(versions)

    def _call(self, node: Node, trace: Trace) -> LatestCall:
        sources = [read.source for read in node.dependencies]
        return LatestCall(trace, self.code, self._code(node), sources, self.overridden, self._config.get(node.name, _NO_CONFIG))

    def _code(self, node: Node) -> NodeCode:
        return self.codes.of(node, self.code)
