"""`PreparedRequests`: a driver's latest requests, checked and planned. Repeating a request skips both steps."""

from __future__ import annotations

from _thread import allocate_lock  # `threading` takes longer to import than this whole package
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from headwater.errors import HeadwaterWarning
from headwater.execution.runner import Runner
from headwater.graph.mapping import is_nested
from headwater.types.type_checks import DEFAULT_CHECKS, TypeChecks

if TYPE_CHECKING:
    from headwater.execution.awaited_plan import AwaitedPlan
    from headwater.execution.policy import Policy
    from headwater.planning.request import ResolvedRequest

MAX_REQUESTS: Final = 64
"""The maximum number of cached requests."""

Key = tuple[tuple[object, ...], tuple[str, ...], tuple[str, ...] | None]
"""The names of outputs, inputs and overrides, as provided.

The third item is None if one mapping holds both the inputs and the overrides.
"""


class PreparedRequest(NamedTuple):
    """A checked request. For another request with the same names, only the values need to be checked."""

    runner: Runner
    expected: tuple[tuple[str, Any], ...]
    """Pairs of a provided name and a type that its value must fit."""
    nested: tuple[tuple[str, int], ...]
    """Pairs of an overridden name and the nesting depth of the lists in its value, if the depth is at least 2."""
    renamed: Mapping[str, str]
    """Maps provided names to their normalized forms. Names that are already normalized are omitted."""
    labels: Mapping[str, str] | None
    """Maps each output's requested spelling to the node's name. None if no spelling differs."""
    warnings: tuple[HeadwaterWarning, ...]
    """Warnings that do not depend on values."""
    awaited: AwaitedPlan | None = None
    """The plan for an `AsyncDriver`."""

    @classmethod
    def of(
        cls,
        resolved: ResolvedRequest,
        runner: Runner,
        names: tuple[str, ...],
        warnings: tuple[HeadwaterWarning, ...],
        awaited: AwaitedPlan | None = None,
    ) -> PreparedRequest:
        """Prepare a request. `names` are the names of the request's inputs and overrides, as provided."""
        from headwater.introspection.names import normalized

        renamed = {name: normalized(name) for name in names if isinstance(name, str) and not name.isascii()}
        labels = resolved.outputs if any(label != name for label, name in resolved.outputs.items()) else None
        return cls(runner, resolved.expected, resolved.nested, renamed, labels, warnings, awaited)

    def values(self, inputs: Mapping[str, Any], overrides: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return inputs and overrides in one mapping, keyed by node name."""
        if self.renamed:
            return {self.renamed.get(name, name): value for name, value in (*inputs.items(), *overrides.items())}
        return {**inputs, **overrides} if overrides else inputs

    def accepts(self, values: Mapping[str, Any], checks: TypeChecks) -> bool:
        """Return True if the values fit the expected types. In that case, the request needs no other check."""
        are_standard = checks.accepts is DEFAULT_CHECKS.accepts
        for name, type_ in self.expected:
            value = values[name]
            if not (are_standard and type(value) is type_) and not checks.accepts(value, type_):
                return False
        return all(is_nested(values[name], depth) for name, depth in self.nested)

    def run(self, values: Mapping[str, Any], policy: Policy | None = None) -> dict[str, Any]:
        """Run the request and return the outputs that have a value, keyed by their requested names."""
        if policy is None or policy.is_empty:
            computed = self.runner.run(values)
        else:
            from headwater.execution.policy_runner import PolicyRunner  # imported lazily: only a policy needs it

            computed = PolicyRunner(self.runner.plan, policy, self.runner.program).run(values)
        return self.labeled(computed)

    def labeled(self, computed: dict[str, Any]) -> dict[str, Any]:
        """Return the computed outputs, keyed by the names in the request."""
        if self.labels is None:
            return computed
        return {label: computed[name] for label, name in self.labels.items() if name in computed}


class PreparedRequests:
    """A driver's latest requests. Thread-safe."""

    __slots__ = ("_lock", "_requests")

    def __init__(self) -> None:
        self._requests: dict[Key, PreparedRequest] = {}
        self._lock = allocate_lock()

    def __reduce__(self) -> tuple[object, ...]:
        """Copy or pickle as an empty cache. A copied driver prepares its own requests."""
        return type(self), ()

    def __len__(self) -> int:
        return len(self._requests)

    def get(self, key: Key) -> PreparedRequest | None:
        """Return the request with these names, if it is cached."""
        return self._requests.get(key)

    def add(self, key: Key, prepared: PreparedRequest) -> None:
        """Cache a request, and drop the oldest request if there are too many."""
        with self._lock:
            while len(self._requests) >= MAX_REQUESTS:
                del self._requests[next(iter(self._requests))]
            self._requests[key] = prepared
