"""`Placement`: selects the functions that an executor calls in a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from headwater.errors import RequestError, short_repr
from headwater.errors.suggestions import did_you_mean
from headwater.graph.tags import matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from concurrent.futures import Executor

    from headwater.graph.node import Node
    from headwater.graph.tags import TagFilter

EXECUTOR_TAG: Final = "headwater.on"
"""The tag of `@on`: the name of the executor that calls the function."""


@dataclass(frozen=True, slots=True)
class Placement:
    """An executor, and the functions that it calls.

    Args:
        executor: an object with the interface of `concurrent.futures.Executor`. None for the thread that started the run.
        on: the name in the functions' decorators, `@on(name)`.
        where: the tags of the functions, in the form that `Driver.list_available_variables` takes.
    """

    executor: Executor | None
    on: str | None = None
    where: TagFilter | None = None

    def __post_init__(self) -> None:
        """Check the arguments now. Otherwise, an invalid argument would be reported only during a run."""
        check_executor(self.executor)
        if self.on is not None and (not isinstance(self.on, str) or not self.on):
            raise TypeError(f"`on` must be the name of an executor, not {short_repr(self.on)}.")
        matches({}, self.where or {})

    def fits(self, node: Node) -> bool:
        """Return True if the executor calls the function of a node."""
        if self.on is not None and node.tags.get(EXECUTOR_TAG) != self.on:
            return False
        return self.where is None or matches(node.tags, self.where)


def check_executor(executor: object) -> None:
    """Check that an object is an executor or None.

    Raises:
        TypeError: the object is neither an executor nor None.
    """
    if executor is None or (hasattr(executor, "submit") and not isinstance(executor, type)):
        return
    hint = " Pass an instance." if isinstance(executor, type) else ""
    raise TypeError(f"`executor` must be an executor such as `ThreadPoolExecutor()`, not {short_repr(executor)}.{hint}")


def executor_for(node: Node, placements: Sequence[Placement]) -> Executor | None:
    """Return the executor that calls the function of a node. The last placement that fits takes precedence."""
    for placement in reversed(placements):
        if placement.fits(node):
            return placement.executor
    return None


def check_names(placements: Iterable[Placement], nodes: Iterable[Node]) -> None:
    """Check that every function marked with `@on` has an executor, if any executor has a name.

    If no executor has a name, `@on` has no effect, so tests can run the same functions without executors.

    Raises:
        RequestError: a function is marked with a name that no executor has.
    """
    names = [placement.on for placement in placements if placement.on is not None]
    if not names:
        return
    for node in nodes:
        mark: Any = node.tags.get(EXECUTOR_TAG)
        if mark is not None and mark not in names:
            raise RequestError(
                f"`{node.name}` ({node.location}) is marked `@on({mark!r})`, but no executor has this name."
                f"{did_you_mean(mark, names)} Add one: `with_executor(executor, on={mark!r})`."
            )
