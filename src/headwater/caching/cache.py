"""`Cache`: the persistent cache of one driver, with its log."""

from __future__ import annotations

import json
import threading
from itertools import count
from typing import TYPE_CHECKING, Any, Final, Literal

from headwater.caching.cached_run import CachedRun
from headwater.caching.disk import DiskStore
from headwater.caching.event_log import EventLog
from headwater.caching.log import CacheExplanation, StoredVersion, key_changes
from headwater.caching.prepared_plan import prepared_steps
from headwater.caching.prune import prune
from headwater.caching.settings import Pinned
from headwater.caching.user_code import own_sources
from headwater.caching.warn import warn
from headwater.errors import CacheError

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

    from headwater.caching.log import CacheEvent
    from headwater.caching.prepared_plan import PreparedStep
    from headwater.caching.settings import Behavior, CacheSettings, Treatments
    from headwater.caching.trace_database import TraceRow
    from headwater.graph.node import Node
    from headwater.planning.plan import Plan

_MAX_PLANS: Final = 64
_SHOWN: Final = 3
"""The maximum number of changes listed in an event's reason."""


class Cache:
    """The persistent cache of a driver. `Builder.with_cache` creates one. Thread-safe."""

    def __init__(self, settings: CacheSettings, own: frozenset[str] = frozenset()) -> None:
        self.settings = settings
        self._own = own
        self.store = DiskStore(settings, own)
        self._lock = threading.RLock()
        self._events = EventLog()
        self._explanations: dict[str, CacheExplanation] = {}
        self._plans: dict[int, tuple[Plan, dict[str, PreparedStep]]] = {}
        self._reported: set[tuple[str, str]] = set()
        self._numbers = count(1)

    def __reduce__(self) -> tuple[object, ...]:
        """Support copying and pickling. A copy uses the same files, but has a separate log."""
        return type(self), (self.settings, self._own)

    # --- for users ------------------------------------------------------------------------------------------------

    @property
    def log(self) -> tuple[CacheEvent, ...]:
        """The events of this driver's runs, in order: one for each node and run."""
        return tuple(self._events)

    def versions(self, node: str) -> list[StoredVersion]:
        """Return the stored versions of a node's value and of its code, latest first."""
        rows = self.store.database.traces(node)
        stored = {row.version: self.store.database.stored(row.version) for row in rows}
        return [
            StoredVersion(
                node=row.node,
                data_version=row.version,
                code_version=row.code,
                created=row.created / 1e9,
                format=None if (file := stored[row.version]) is None else file.format.rpartition(":")[2],
                size=0 if file is None else file.size,
            )
            for row in rows
        ]

    def prune(self, max_bytes: int = 0) -> int:
        """Delete values, least recently used first, until at most `max_bytes` are left. Return how many values were deleted."""
        return prune(self.store.database, self.store.files, max_bytes)

    def close(self) -> None:
        """Write pending rows and close the database. The next use opens the database again."""
        self.store.database.close()

    # --- for runs -------------------------------------------------------------------------------------------------

    def start_run(self, treatments: Treatments | None = None) -> CachedRun:
        """Return the `CachedRun` of a new run."""
        return CachedRun(self, treatments)

    def run_with(self, treatments: Treatments) -> Callable[[], CachedRun]:
        """Return a function that starts runs with these treatments instead of those in the settings."""
        return lambda: self.start_run(treatments)

    def begin_run(self) -> int:
        """Return the next run number. Discard all tokens if code or values that they cover have changed in memory."""
        with self._lock:
            if self.store.code.refresh():
                self._plans.clear()
            return next(self._numbers)

    def prepared(self, plan: Plan) -> dict[str, PreparedStep]:
        """Return the steps of a plan with their tokens, which are computed again only after `begin_run` has discarded them."""
        with self._lock:
            known = self._plans.get(id(plan))
            if known is not None:
                return known[1]
            steps = prepared_steps(plan, self.store.code, self.settings)
            while len(self._plans) >= _MAX_PLANS:
                del self._plans[next(iter(self._plans))]
            self._plans[id(plan)] = plan, steps
            return steps

    def log_hits(self, run: int, versions: Mapping[str, str], pinned: Container[str]) -> None:
        """Add the events for reused values to the log."""
        self._events.add_hits(run, versions, pinned)
        for node in self._explanations.keys() & versions.keys():
            self._explanations.pop(node, None)

    def log_miss(self, event: CacheEvent, explanation: CacheExplanation) -> None:
        """Add the event for a computed value to the log."""
        self._events.add(event)
        self._explanations[event.node] = explanation

    def report(self, node: str, reason: str) -> None:
        """Warn, once for each node and reason, that a value cannot be reused in later runs."""
        if (node, reason) not in self._reported:
            self._reported.add((node, reason))
            warn(f"`{node}` is computed in every run: {reason}.")

    def evict(self) -> None:
        """Delete the least recently used values if the cache exceeds its size limit."""
        limit = self.settings.max_bytes
        if limit is not None and self.store.database.size() > limit:
            prune(self.store.database, self.store.files, limit)

    # --- explanations ---------------------------------------------------------------------------------------------

    def explain_run(self, node: str) -> CacheExplanation | None:
        """Explain why a node's value was reused or computed in the latest run with the node. None if there was no such run."""
        with self._lock:
            explanation = self._explanations.get(node)
            if explanation is not None:
                return explanation
            event = self._events.latest(node)
        return None if event is None else CacheExplanation(node, True, event.behavior, _hit_reason(event.behavior))

    def explain_plan(self, node: str, plan: Plan, provided: Mapping[str, Any]) -> CacheExplanation:
        """Explain whether a run of a plan would reuse a node's value, and why. No function is called."""
        run = self._looked_up(plan, provided)
        step = self.prepared(plan)[node]
        treatment = self.settings.treatment(step.node)
        behavior = "pinned" if isinstance(treatment, Pinned) else treatment
        if node in run.hits:
            return CacheExplanation(node, True, behavior, _hit_reason(behavior))
        parts = step.parts(run.versions, run.steps, self.store.code)
        previous = self.store.database.latest(node)
        unknown = run.unknown_reason(step)
        return self.explain_miss(step, behavior, parts, previous, unknown=unknown, is_damaged=False)

    def cached_nodes(self, plan: Plan, provided: Mapping[str, Any]) -> frozenset[str]:
        """Return the nodes whose stored values a run of a plan would reuse. No function is called, and no value is loaded."""
        return frozenset(self._looked_up(plan, provided).hits)

    def _looked_up(self, plan: Plan, provided: Mapping[str, Any]) -> CachedRun:
        """Start a run of a plan, and look up all nodes whose keys are known."""
        run = self.start_run()
        for name, value in provided.items():
            run.provide(name, value)
        run.look_up(plan)
        return run

    def explain_miss(
        self,
        step: PreparedStep,
        behavior: Behavior | Literal["pinned"],
        parts: Mapping[str, str | None],
        previous: TraceRow | None,
        *,
        unknown: str | None,
        is_damaged: bool,
    ) -> CacheExplanation:
        """Explain why a node must be computed.

        Args:
            step: the step of the node.
            behavior: how the run treats the node.
            parts: the digests of everything that the node's key covers.
            previous: the latest stored trace of the node.
            unknown: why a part of the key is unknown.
            is_damaged: whether the node's stored value cannot be loaded.
        """
        name = step.node.name
        changes = () if previous is None else key_changes(json.loads(previous.parts), parts)
        if behavior in ("recompute", "disable", "ignore"):
            reason = f"The behavior of `{name}` is `{behavior}`."
        elif unknown is not None:
            reason = f"The key of `{name}` is not known: {unknown}."
        elif is_damaged:
            reason = f"The stored value of `{name}` is damaged or was deleted."
        elif previous is None:
            reason = f"No value of `{name}` is stored."
        elif changes:
            listed = ", ".join(change.part for change in changes[:_SHOWN])
            more = f", and {len(changes) - _SHOWN} more" if len(changes) > _SHOWN else ""
            is_waiting = all(change.kind == "unknown" for change in changes)
            reason = (
                f"It depends on values that have to be computed: {listed}{more}." if is_waiting else f"Changed: {listed}{more}."
            )
        else:
            reason = f"The stored value of `{name}` was deleted."
        return CacheExplanation(name, False, behavior, reason, changes)

    def unknown_version_text(self, node: str, version: str) -> str:
        """Return the message for a pinned version that is not stored."""
        known = [row.data_version for row in self.versions(node) if row.format is not None]
        listed = ", ".join(f"`{name}`" for name in known[:_SHOWN])
        remedy = f"Stored versions: {listed}." if listed else "No version is stored."
        return f"Version `{version}` of `{node}` is not in the cache `{self.settings.path}`. {remedy}"


def _hit_reason(behavior: str) -> str:
    return "The stored value is pinned." if behavior == "pinned" else "A stored value has the same key."


def open_cache(settings: CacheSettings, nodes: Mapping[str, Node]) -> Cache:
    """Return the cache of a driver.

    Args:
        settings: the settings.
        nodes: all nodes, keyed by name.

    Raises:
        CacheError: a setting names an unknown node, or Python has no SQLite.
    """
    for name in (*settings.nodes, *settings.formats):
        if name not in nodes:
            raise CacheError(f"`with_cache` names the node `{name}`, which is not in the dataflow.")
    functions = {id(node.function): node.function for node in nodes.values()}.values()
    return Cache(settings, own_sources({str(getattr(function, "__module__", "")) for function in functions}))
