"""`PreparedRequests`: what a driver was asked lately, checked and planned, so that the same request runs at once."""

from __future__ import annotations

from _thread import allocate_lock  # importing `threading` takes longer than all of this package
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from headwater.errors import HeadwaterWarning
from headwater.execution.runner import Runner

if TYPE_CHECKING:
    from headwater.execution.policy_runner import PolicyRunner
    from headwater.planning.request import ResolvedRequest

LATEST: Final = 64
"""Requests that are remembered."""

Key = tuple[tuple[object, ...], tuple[str, ...], tuple[str, ...] | None]
"""The names of outputs, inputs and overrides, as they were given. None where inputs and overrides come mixed."""


class PreparedRequest(NamedTuple):
    """A request that was checked once. Another one of the same names needs only its values checked."""

    runner: Runner | PolicyRunner
    expected: tuple[tuple[str, Any], ...]
    """Pairs of a given name and a type that its value has to fit."""
    renamed: Mapping[str, str]
    """The names of given values that were spelled otherwise."""
    labels: Mapping[str, str] | None
    """The names of outputs by the spelling that was asked for, where any differs."""
    warnings: tuple[HeadwaterWarning, ...]
    """What is to be warned of at every such request."""

    @classmethod
    def of(
        cls,
        resolved: ResolvedRequest,
        runner: Runner | PolicyRunner,
        names: tuple[str, ...],
        warnings: tuple[HeadwaterWarning, ...],
    ) -> PreparedRequest:
        """What to remember of a request; `names` are those of its inputs and overrides as they were given."""
        from headwater.introspection.names import normalized

        renamed = {name: normalized(name) for name in names if isinstance(name, str) and not name.isascii()}
        labels = resolved.outputs if any(label != name for label, name in resolved.outputs.items()) else None
        return cls(runner, resolved.expected, renamed, labels, warnings)

    def values(self, inputs: Mapping[str, Any], overrides: Mapping[str, Any]) -> Mapping[str, Any]:
        """The given values in one, by the names of nodes."""
        if self.renamed:
            return {self.renamed.get(name, name): value for name, value in (*inputs.items(), *overrides.items())}
        return {**inputs, **overrides} if overrides else inputs

    def accepts(self, values: Mapping[str, Any], fits: Callable[[object, Any], bool]) -> bool:
        """Whether the values fit, so that there is nothing else to check."""
        for name, type_ in self.expected:
            value = values[name]
            if type(value) is not type_ and not fits(value, type_):
                return False
        return True

    def run(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The outputs by the names that were asked for."""
        computed = self.runner.run(values)
        return computed if self.labels is None else {label: computed[name] for label, name in self.labels.items()}


class PreparedRequests:
    """The latest requests of a driver. Any number of threads may use it at once."""

    __slots__ = ("_known", "_lock")

    def __init__(self) -> None:
        self._known: dict[Key, PreparedRequest] = {}
        self._lock = allocate_lock()

    def __reduce__(self) -> tuple[object, ...]:
        """Nothing, for a copy or another process: what was asked of one driver is not asked of another."""
        return type(self), ()

    def __len__(self) -> int:
        return len(self._known)

    def get(self, key: Key) -> PreparedRequest | None:
        """The request with these names, if it is remembered."""
        return self._known.get(key)

    def add(self, key: Key, prepared: PreparedRequest) -> None:
        """Remember a request, and forget the oldest where there are too many."""
        with self._lock:
            while len(self._known) >= LATEST:
                del self._known[next(iter(self._known))]
            self._known[key] = prepared
