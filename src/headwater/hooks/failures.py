"""`ContinueOnError`: computes all nodes that do not depend on a failed node, and collects the failures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from headwater.errors import error_text, short_repr
from headwater.errors.quantities import counted
from headwater.execution.observer import Observer
from headwater.execution.outcome import Failed, Skipped, Succeeded

if TYPE_CHECKING:
    from headwater.execution.observer import RunInfo
    from headwater.execution.outcome import Outcome
    from headwater.graph.node import Node


@dataclass(frozen=True, slots=True)
class Failures:
    """The nodes in a run that have no value, and the reasons. Empty if every node has a value."""

    errors: Mapping[str, BaseException] = field(default_factory=dict[str, BaseException])
    """The exceptions, keyed by the name of the failed node."""
    skipped: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """For each skipped node, the failed nodes that it depends on, directly or indirectly."""

    def __bool__(self) -> bool:
        return bool(self.errors)

    def __str__(self) -> str:
        """Return a line for each failed and each skipped node."""
        failed = [
            f"{name} failed: {type(error).__name__}: {short_repr(error_text(error))}" for name, error in self.errors.items()
        ]
        skipped = [f"{name} skipped: {', '.join(causes)} failed" for name, causes in self.skipped.items()]
        return "\n".join([*failed, *skipped]) or "no failures"

    def raise_errors(self) -> None:
        """Raise all exceptions as one group. Without failures, do nothing.

        Raises:
            BaseExceptionGroup: the exceptions. If all of them are instances of `Exception`, this is an `ExceptionGroup`.
        """
        if self.errors:
            raise BaseExceptionGroup(f"{counted(len(self.errors), 'node')} failed", list(self.errors.values()))


class ContinueOnError(Observer):
    """An observer that lets a run continue after a failure. Nodes that depend on the failed node are skipped.

    The result has only the outputs that have a value. `failures` explains why the other nodes have no value. Each run replaces
    `failures`. If runs overlap, create a hook for each run: `execute(..., hooks=[ContinueOnError()])`.

    >>> from headwater import Builder
    >>> from headwater.hooks import ContinueOnError
    >>> def price() -> float:
    ...     return 10.0
    >>> def rate() -> float:
    ...     raise ConnectionError("no network")
    >>> def total(price: float, rate: float) -> float:
    ...     return price * rate
    >>> hook = ContinueOnError()
    >>> Builder().with_functions(price, rate, total).build().execute(["price", "total"], hooks=[hook])
    {'price': 10.0}
    >>> print(hook.failures)
    rate failed: ConnectionError: 'no network'
    total skipped: rate failed
    """

    continues_after_failure = True

    def __init__(self) -> None:
        self.failures = Failures()
        """The failures of the latest run."""

    def for_run(self, run: RunInfo) -> Observer:
        """Return an observer that collects the failures of this run."""
        return _FailureCollector(self)


class _FailureCollector(Observer):
    continues_after_failure = True

    def __init__(self, hook: ContinueOnError) -> None:
        self._hook = hook
        self._errors: dict[str, BaseException] = {}
        self._skipped: dict[str, tuple[str, ...]] = {}

    def ended(self, node: Node, outcome: Outcome) -> None:
        if isinstance(outcome, Failed) and outcome.error is not None:
            self._errors[node.name] = outcome.error
        elif isinstance(outcome, Skipped):
            causes = [cause for name in outcome.because for cause in self._skipped.get(name, (name,))]
            self._skipped[node.name] = tuple(dict.fromkeys(causes))

    def run_ended(self, run: RunInfo, outcome: Succeeded | Failed) -> None:
        self._hook.failures = Failures(MappingProxyType(self._errors), MappingProxyType(self._skipped))
