"""`Retry`: calls a function again if it fails."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from headwater.errors import short_repr
from headwater.execution.middleware import Pause
from headwater.graph.failure_notes import add_note
from headwater.hooks.selection import NodeSelection

if TYPE_CHECKING:
    from collections.abc import Callable

    from headwater.execution.middleware import Call, CallSteps
    from headwater.graph.tags import TagFilter


@dataclass(frozen=True, kw_only=True)
class Retry:
    """Middleware that calls a function again if it raises an exception.

    The delay before the second attempt is `delay`. Each subsequent delay is `backoff` times as long, up to `longest_delay`. The
    last exception is raised with a note that states the number of attempts. For different rules, add several `Retry` hooks with
    different tags.

    Args:
        attempts: the maximum number of calls, including the first.
        delay: the delay before the second attempt, in seconds.
        backoff: the ratio of each delay to the previous delay.
        longest_delay: the maximum delay, in seconds.
        jitter: the maximum random increase of a delay, as a fraction: 0.1 adds up to 10%. Jitter spreads the retries of many
            runs over time.
        exceptions: the exceptions that cause a retry.
        name: a node name or a pattern (`*`, `?`). By default, all nodes.
        tag: only nodes with these tags, as in `Driver.list_available_variables(tag_filter=...)`.
        sleep: waits for a number of seconds. By default, `time.sleep`, or `asyncio.sleep` in an `AsyncDriver`.
        uniform: returns a random number from 0 to 1.

    Raises:
        TypeError, ValueError: an argument is invalid.

    >>> from headwater import Builder
    >>> from headwater.hooks import Retry
    >>> failures = [TimeoutError("slow"), TimeoutError("slow")]
    >>> def fetched() -> str:
    ...     if failures:
    ...         raise failures.pop()
    ...     return "data"
    >>> retry = Retry(delay=2.0, jitter=0.0, exceptions=(OSError,), sleep=lambda seconds: print(f"waits {seconds} s"))
    >>> Builder().with_functions(fetched).with_hooks(retry).build().execute(["fetched"])
    waits 2.0 s
    waits 4.0 s
    {'fetched': 'data'}
    """

    may_pause: ClassVar[bool] = True

    attempts: int = 3
    delay: float = 0.1
    backoff: float = 2.0
    longest_delay: float = 60.0
    jitter: float = 0.1
    exceptions: tuple[type[Exception], ...] = (Exception,)
    name: str | None = None
    tag: TagFilter | None = None
    sleep: Callable[[float], Any] | None = None
    uniform: Callable[[], float] | None = None
    _nodes: NodeSelection = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Check the arguments now. Otherwise, an invalid argument would be reported only during a run."""
        object.__setattr__(self, "_nodes", NodeSelection(self.name, self.tag))
        if not isinstance(self.attempts, int) or isinstance(self.attempts, bool) or self.attempts < 1:
            raise ValueError(f"`attempts` must be a positive whole number, not {short_repr(self.attempts)}.")
        for argument in ("delay", "backoff", "longest_delay", "jitter"):
            value = getattr(self, argument)
            if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
                raise ValueError(f"`{argument}` must be a non-negative number, not {short_repr(value)}.")
        check_exceptions(self.exceptions)

    def around_call(self, call: Call) -> CallSteps:
        """Make the call, and repeat it after an exception."""
        if not self._nodes.matches(call.node):
            return (yield call)
        for attempt in range(1, self.attempts):
            try:
                return (yield call)
            except self.exceptions:
                yield Pause(self._delay_after(attempt), self.sleep)
        try:
            return (yield call)
        except self.exceptions as error:
            add_note(error, f"Attempt {self.attempts} of {self.attempts}.")
            raise

    def _delay_after(self, attempt: int) -> float:
        try:
            delay = min(self.longest_delay, self.delay * self.backoff ** (attempt - 1))
        except OverflowError:
            delay = self.longest_delay
        uniform = self.uniform or random.random  # not a default argument, because `random.random` cannot be pickled
        return delay * (1 + self.jitter * uniform()) if self.jitter else delay


def check_exceptions(exceptions: object) -> None:
    """Check an argument that contains exception classes.

    Raises:
        TypeError: the argument is not a tuple of exception classes.
    """
    if not isinstance(exceptions, tuple):
        raise TypeError(f"`exceptions` must be a tuple, not {short_repr(exceptions)}: write `exceptions=(OSError,)`.")
    for item in exceptions:
        if not (isinstance(item, type) and issubclass(item, Exception)):
            raise TypeError(f"`exceptions` must contain subclasses of `Exception`, not {short_repr(item)}.")
