"""The reasons why a run calls a function: the parts of the node's trace that differ from the trace of the latest call.

A run computes a node if the store has no value for the node's trace (`caching/store.py`). The reasons are the differences
between that trace and the trace of the latest call, so they are always consistent with the store.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.sources.changes import CodeChanges
from headwater.wire.bounds import MAX_CAUSES, MAX_NAME_LENGTH

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from headwater.caching.store import Trace, Version
    from headwater.graph.graph import Graph
    from headwater.graph.node import Node
    from headwater.session.code import Code, NodeCode
    from headwater.sources.changes import ChangedCode
    from headwater.wire.views import CauseKind, CauseView


@dataclass(slots=True)
class LatestCall:
    """A call to a node's function, and everything that determines the result of the call."""

    trace: Trace
    code: Code
    """The code that the trace's token identifies."""
    own: NodeCode
    sources: Sequence[str]
    """The nodes that provide the arguments. The trace holds their versions, in this order."""
    overridden: Container[str]
    """The nodes that were overridden in the run that made the call."""
    config: Mapping[str, tuple[str | None, Version]]
    """The config values that decorators use, keyed by a unique label. Each has a config key and a version."""
    is_finished: bool = False
    """Whether the call has returned."""
    is_iterator: bool = False
    """Whether the call has returned an iterator."""


@dataclass(slots=True)
class LatestCalls:
    """The latest call to each node's function."""

    _latest: dict[str, LatestCall] = field(default_factory=dict[str, LatestCall])
    _discarded: set[str] = field(default_factory=set[str])
    """The nodes whose values were discarded because a function may have changed them in place."""
    _renewed: dict[str, Version] = field(default_factory=dict[str, "Version"])
    """The new versions of values that a function has changed, or may have changed, in place. Keyed by node name."""

    def start(self, name: str, call: LatestCall, stored: Trace | None, context: RunContext) -> list[CauseView]:
        """Record the start of a call. Return the reasons for the call.

        Args:
            name: the name of the node.
            call: the call.
            stored: the trace of the node's stored value. None if no value is stored.
            context: the current run.
        """
        before = self._latest.get(name)
        self._latest[name] = call
        causes = [_cause("first")] if before is None else self._causes(name, before, call, stored, context)
        return causes[:MAX_CAUSES]

    def finish(self, name: str, stored: Trace | None) -> None:
        """Record that the latest call to a function has returned. `stored` is the trace that was stored with the value."""
        call = self._latest[name]
        call.is_finished = True
        call.is_iterator = call.trace.code is not None and (stored is None or stored.code is None)

    def confirm(self, name: str, code: Code) -> bool:
        """Record that a stored value is reused. Return False if the call that computed the value is unknown.

        The call is unknown if the node was a function, then an input, and is now a function again. The caller then calls
        `replace`.
        """
        latest = self._latest.get(name)
        if latest is None or not latest.is_finished:
            return False
        latest.code = code  # equal code, stored so that the previous `Code` can be freed
        return True

    def replace(self, name: str, call: LatestCall) -> None:
        """Record the call that computed a reused value. Forget any later call, because it did not finish."""
        self._latest[name] = call
        call.is_finished = True

    def discard(self, names: Iterable[str]) -> None:
        """Record that values were discarded because functions have changed them, or may have changed them, in place."""
        self._discarded.update(names)

    def add_version(self, name: str, version: Version) -> None:
        """Record the current version of a value. The version is new if the previous value was discarded."""
        if name in self._discarded:
            self._discarded.remove(name)
            self._renewed[name] = version

    def renew(self, name: str, version: Version) -> None:
        """Record a new version of a value that a function in this run has changed, or may have changed, in place."""
        self._renewed[name] = version

    def retain(self, nodes: Iterable[Node]) -> None:
        """Forget all nodes except these. Also forget the calls for nodes that are now inputs."""
        kinds = {node.name: node.kind for node in nodes}
        self._latest = {name: call for name, call in self._latest.items() if kinds.get(name) == "function"}
        self._discarded &= kinds.keys()
        self._renewed = {name: version for name, version in self._renewed.items() if name in kinds}

    def _causes(
        self, name: str, before: LatestCall, now: LatestCall, stored: Trace | None, context: RunContext
    ) -> list[CauseView]:
        if now.own.state is not None:
            return [_cause("shared_state", now.own.state)]
        if now.trace.code is None:
            return [_cause("unreadable_code")]
        if before.is_iterator:
            return [_cause("iterator")]
        causes: list[CauseView] = []
        if before.trace.code != now.trace.code:
            causes.extend(_code_causes(before, now, context))
            if not causes:
                causes.append(_cause("code"))
        if before.trace.read != now.trace.read or before.sources != now.sources:
            causes.extend(self._value_causes(before, now, context))
        if not before.is_finished:
            return causes or [_cause("unfinished")]
        if stored is None:
            causes.append(_cause("changed_in_place", name))
        return causes or [_cause("code")]

    def _value_causes(self, before: LatestCall, now: LatestCall, context: RunContext) -> Iterator[CauseView]:
        """Yield a cause for each dependency whose version has changed."""
        earlier = dict(zip(before.sources, before.trace.read, strict=True))
        for name, version in zip(now.sources, now.trace.read, strict=True):
            if name not in earlier or earlier[name] == version:
                continue
            if version is not None and self._renewed.get(name) == version:
                yield _cause("changed_in_place", name)
            elif name in before.overridden or name in now.overridden:
                yield _cause("override", name)
            else:
                kind = context.graph[name].kind
                yield _cause("node" if kind == "function" else kind, name)


class RunContext:
    """The graph and the code of a run, and the changes since earlier versions of the code, computed on demand."""

    def __init__(self, graph: Graph, code: Code) -> None:
        self.graph = graph
        self._code = code
        self._changes: dict[int, tuple[Code, CodeChanges]] = {}

    def changes_since(self, before: Code) -> CodeChanges:
        """Return the changes to the code since an earlier version."""
        if id(before) not in self._changes:
            self._changes[id(before)] = before, CodeChanges(before.fingerprints, self._code.fingerprints)
        return self._changes[id(before)][1]


def _code_causes(before: LatestCall, now: LatestCall, context: RunContext) -> Iterator[CauseView]:
    """Yield a cause for each changed part of the trace's token: the code, the config values and the data files."""
    if before.own.functions[0] != now.own.functions[0]:
        yield _cause("function", now.own.functions[0][1])
    elif before.own.fingerprint != now.own.fingerprint:
        for change in context.changes_since(before.code).of(now.own.functions):
            yield _code_cause(change, now.own.functions[0])
    for label, (key, version) in now.config.items():
        if before.config.get(label) != (key, version):
            yield _cause("config", key)
    if now.own.reads_data and before.code.data != now.code.data:
        yield from (_cause("data", name) for name in _changed_files(before.code.data_files, now.code.data_files))


def _code_cause(change: ChangedCode, function: tuple[str, str]) -> CauseView:
    match change.kind:
        case "definition":
            return _cause("code") if (change.module, change.name) == function else _cause("definition", change.name)
        case "statement" | "module":
            return _cause(change.kind, f"{change.module}.py")
        case "text":
            return _cause("source_text")


def _changed_files(before: Mapping[str, str], now: Mapping[str, str]) -> Sequence[str]:
    return [name for name in {**now, **before} if before.get(name) != now.get(name)]


def _cause(kind: CauseKind, name: str | None = None) -> CauseView:
    return {"kind": kind} if name is None or len(name) > MAX_NAME_LENGTH else {"kind": kind, "name": name}
