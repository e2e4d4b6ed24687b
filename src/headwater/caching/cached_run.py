"""`CachedRun`: one run with a persistent cache.

Before the first call, all nodes whose keys are already known are looked up, without loading any values. Then the values that
the run needs are loaded: outputs, and arguments of functions that have to be called. A value that cannot be loaded is computed
again. The other nodes are looked up during the run, once their dependencies have been computed: a dependency that was computed
again may still have the same version as before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from headwater.caching.disk import MISSING, UnknownVersion
from headwater.caching.log import CacheEvent
from headwater.caching.settings import Pinned
from headwater.caching.traces import NOT_LOADED, StoredValue
from headwater.errors import CacheError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from headwater.caching.cache import Cache
    from headwater.caching.prepared_plan import PreparedStep
    from headwater.caching.settings import Behavior, Treatment, Treatments
    from headwater.graph.node import Node
    from headwater.planning.plan import Plan

_IGNORED: Final = "ignored"
"""The version of each value whose node has the behavior `ignore`. Downstream nodes treat such values as constants."""
_UNCHANGEABLE: Final = frozenset({type(None), bool, int, float, complex, str, bytes})


class CachedRun:
    """The versions of the values in one run, and the values that it reuses."""

    def __init__(self, cache: Cache, treatments: Treatments | None) -> None:
        self._cache = cache
        self._store = cache.store
        self._treatments: Treatments | None = treatments
        self._number = cache.begin_run()
        self.steps: Mapping[str, PreparedStep] = {}
        self.versions: dict[str, str | UnknownVersion] = {}
        """The versions that are known so far, keyed by the names of their values."""
        self.hits: set[str] = set()
        """The nodes whose values are reused."""
        self._misses: set[str] = set()
        """The nodes that have to be computed."""
        self._damaged: set[str] = set()
        """The nodes whose stored values cannot be loaded."""
        self._pinned: set[str] = set()
        self._used: set[str] = set()
        """The versions of the values that were loaded."""
        self._keys: dict[str, bytes | None] = {}
        self._loaded: dict[str, Any] = {}

    # --- before the run -------------------------------------------------------------------------------------------

    def provide(self, name: str, value: Any) -> None:
        """Add the version of a value that the run does not compute."""
        self.versions[name] = self._store.hash(f"`{name}`", value)

    def start(self, plan: Plan, unavailable: Container[str]) -> None:
        """Look up all nodes whose keys are known, and load the values that the run needs."""
        self.steps = self._cache.prepared(plan)
        provided = dict(self.versions)
        while True:
            self.versions = dict(provided)
            self.look_up(plan, unavailable)
            if self._load_needed(plan):
                break
        self._log_hits(name for name in self.steps if name in self.hits)

    def look_up(self, plan: Plan, unavailable: Container[str] = ()) -> None:
        """Look up all nodes whose keys are known, without loading their values."""
        self.steps = self.steps or self._cache.prepared(plan)
        self.hits.clear()
        self._misses.clear()
        versions, store = self.versions, self._store
        with store.database.reading():
            version_of = store.version_lookup(len(self.steps))
            for name, step in self.steps.items():
                if unavailable and name in unavailable:
                    continue
                treatment = self._treatment(step)
                if treatment == "default":
                    key = step.key(versions)
                    if key is None:
                        if self._is_certain(step):
                            self._misses.add(name)
                        continue
                    self._keys[name] = key
                    version = None if name in self._damaged else version_of(key)
                    if version is None:
                        self._misses.add(name)
                    else:
                        versions[name] = version
                        self.hits.add(name)
                elif isinstance(treatment, Pinned):
                    versions[name] = treatment.version
                    self.hits.add(name)
                    self._pinned.add(name)
                else:
                    self._misses.add(name)
                    if treatment == "ignore":
                        versions[name] = _IGNORED

    def _load_needed(self, plan: Plan) -> bool:
        """Load the values that the run needs.

        Return False if a value cannot be loaded. The lookups that used its version must then be repeated.
        """
        needed = set(plan.outputs.values())
        is_complete = True
        for name, prepared in reversed(list(self.steps.items())):
            step = prepared.step
            if name in self.hits and step.result in needed and not self._load(name):
                self._damaged.add(name)
                self.hits.discard(name)
                is_complete = False
            if name not in self.hits:
                needed.update(step.arguments)
        return is_complete

    def _load(self, name: str) -> bool:
        if name in self._loaded:
            return True
        value = self._store.read(str(self.versions[name]))
        if value is MISSING:
            treatment = self._treatment(self.steps[name])
            if isinstance(treatment, Pinned):
                raise CacheError(self._cache.unknown_version_text(name, treatment.version), node=name)
            return False
        self._loaded[name] = value
        self._used.add(str(self.versions[name]))
        return True

    def _is_certain(self, step: PreparedStep) -> bool:
        """Return True if the node is certain to be a miss, whatever this run computes."""
        if step.prefix is None:
            return True
        return any(isinstance(self.versions.get(source), UnknownVersion) for source in step.sources)

    def _treatment(self, step: PreparedStep) -> Treatment:
        if self._treatments is None:
            return step.treatment
        return self._store.settings.treatment(step.node, self._treatments)

    # --- during the run -------------------------------------------------------------------------------------------

    def has(self, node: Node) -> bool:
        """Return True if the node's value can be reused."""
        return node.name in self.hits or self._look_up_now(node.name)

    def lookup(self, node: Node) -> StoredValue | None:
        """Return the node's value if it can be reused. A value that the run does not need is not loaded."""
        name = node.name
        if name not in self.hits and not self._look_up_now(name):
            return None
        return StoredValue(self._loaded.pop(name, NOT_LOADED))

    def _look_up_now(self, name: str) -> bool:
        """Look up a node whose dependencies have been computed, and load its value."""
        if name in self._misses or name in self._damaged:
            return False
        step = self.steps[name]
        key = self._keys[name] = step.key(self.versions)
        version = None if key is None else self._store.version(key)
        if version is not None:
            self.versions[name] = version
            if self._load(name):
                self.hits.add(name)
                self._log_hits([name])
                return True
            del self.versions[name]
            self._damaged.add(name)
        self._misses.add(name)
        return False

    def discard(self, node: Node) -> None:
        """Record nothing for a computed node, because its value is a substitute returned by middleware."""
        reason = f"the value of `{node.name}` is a substitute returned by middleware"
        self.versions[node.name] = UnknownVersion(reason, is_requested=True)

    def record(self, node: Node, arguments: Sequence[Any], value: Any) -> None:
        """Record a computed value, before anything reads it."""
        name = node.name
        step = self.steps[name]
        treatment = self._treatment(step)
        behavior = _behavior(treatment)
        parts = step.parts(self.versions, self.steps, self._store.code)
        if treatment in ("disable", "ignore"):
            self._changed_arguments(step, arguments)
            disabled = UnknownVersion(f"caching of `{name}` is disabled", is_requested=True)
            self.versions[name] = disabled if treatment == "disable" else _IGNORED
            explanation = self._cache.explain_miss(step, behavior, parts, None, unknown=None, is_damaged=False)
            self._cache.log_miss(CacheEvent(self._number, name, behavior, "miss", None, None, explanation.reason), explanation)
            return
        key = self._keys[name] if name in self._keys else step.key(self.versions)
        unknown = self.unknown_reason(step)
        is_disabled = self._is_disabled_upstream(step)
        changed = self._changed_arguments(step, arguments)
        if changed is not None:
            key, unknown = None, unknown or f"`{name}` changes its argument `{changed}` in place"
        previous = self._store.database.latest(name)
        explanation = self._cache.explain_miss(
            step, behavior, parts, previous, unknown=unknown, is_damaged=name in self._damaged
        )
        recorded = self._store.store(node, key, step.code.token or "", value, parts)
        self.versions[name] = recorded.version
        problem = unknown or recorded.problem
        if isinstance(recorded.version, UnknownVersion):
            problem = problem or recorded.version.reason
        if is_disabled:
            self.versions[name] = UnknownVersion(str(unknown), is_requested=True)
        elif problem is not None and treatment == "default" and not recorded.is_reported:
            self._cache.report(name, problem)
        version = None if isinstance(recorded.version, UnknownVersion) else recorded.version
        event = CacheEvent(self._number, name, behavior, "miss", version, recorded.format, problem or explanation.reason)
        self._cache.log_miss(event, explanation)

    def end(self) -> None:
        """Write pending rows, record which values were loaded, and enforce the size limit."""
        self._store.database.touch(self._used)
        self._store.database.end_run()
        self._cache.evict()

    def unknown_reason(self, step: PreparedStep) -> str | None:
        """Return the reason why the key of a node is unknown, or None."""
        if step.problem is not None:
            return step.problem
        for source in step.sources:
            version = self.versions.get(source)
            if isinstance(version, UnknownVersion):
                return version.reason
        return None

    def _is_disabled_upstream(self, step: PreparedStep) -> bool:
        versions = (self.versions.get(source) for source in step.sources)
        return any(isinstance(version, UnknownVersion) and version.is_requested for version in versions)

    def _changed_arguments(self, step: PreparedStep, arguments: Sequence[Any]) -> str | None:
        """Return the first parameter whose argument the call changed in place, or None.

        Discard the version of each changed argument.
        """
        changed: str | None = None
        sources = dict(zip(step.step.arguments, arguments, strict=True))
        for argument, slot in zip(step.node.arguments, step.step.arguments, strict=True):
            source = getattr(argument, "source", None)
            version = self.versions.get(source) if source is not None else None
            value = sources[slot]
            if type(version) is not str or version == _IGNORED or type(value) in _UNCHANGEABLE:
                continue
            if self._store.hash(str(source), value) != version:
                self.versions[str(source)] = UnknownVersion(f"`{step.node.name}` changes `{source}` in place")
                changed = changed or argument.parameter
        return changed

    # --- the log --------------------------------------------------------------------------------------------------

    def _log_hits(self, names: Iterable[str]) -> None:
        versions = {name: str(self.versions[name]) for name in names}
        pinned = frozenset(name for name in versions if name in self._pinned)
        self._cache.log_hits(self._number, versions, pinned)


def _behavior(treatment: Treatment) -> Behavior | Literal["pinned"]:
    return "pinned" if isinstance(treatment, Pinned) else treatment
