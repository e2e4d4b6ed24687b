"""`WorkerWarnings`: shows the warnings of calls in other processes as if the calls had been made in this process.

The processes of a pool apply the warning filters of this process. A filter that turns a warning into an exception therefore
raises the exception in the function that warns. All other warnings are sent to this process, together with the outcome.
"""

from __future__ import annotations

import pickle
import warnings
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from headwater.errors import HeadwaterWarning
from headwater.errors.base import error_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from headwater.execution.delivery import Delivery
    from headwater.execution.middleware import Attempt

MAX_SENT: Final = 1_000
"""The maximum number of warnings that are sent for one call or batch of calls. A notice counts the others."""

Filters = tuple[bytes, ...]
"""The pickled warning filters of a process."""


class SentWarning(NamedTuple):
    """A warning on its way from a worker."""

    pickled: bytes | None
    """The warning, or None if it cannot be pickled."""
    text: str
    file: str
    line: int

    @classmethod
    def of(cls, caught: warnings.WarningMessage) -> SentWarning:
        """Return a warning that was issued in a worker."""
        message = caught.message if isinstance(caught.message, Warning) else caught.category(caught.message)
        return cls(_pickled(message), f"{caught.category.__name__}: {error_text(message)}", caught.filename, caught.lineno)

    @property
    def message(self) -> Warning:
        """The warning, or a `UserWarning` with its text if this process cannot unpickle it."""
        try:
            message = None if self.pickled is None else pickle.loads(self.pickled)  # noqa: S301 - from a worker of this run
        except Exception:  # noqa: BLE001 - the class may not exist in this process, or may raise anything
            message = None
        return message if isinstance(message, Warning) else UserWarning(self.text)


class WorkerWarnings:
    """The warnings of one run's calls in other processes."""

    def __init__(self) -> None:
        self._shown: set[SentWarning] = set()

    @cached_property
    def filters(self) -> Filters:
        """The filters of this process. A filter whose category cannot be pickled is left out: no worker has this category."""
        return tuple(pickled for item in warnings.filters if (pickled := _pickled(item)) is not None)

    def show(self, sent: Iterable[SentWarning]) -> None:
        """Show warnings, without applying the filters again.

        Equal warnings are shown once per run, except for Headwater's own: those are also repeated in a run without an executor.
        """
        for warning in sent:
            message = warning.message
            if warning not in self._shown or isinstance(message, HeadwaterWarning):
                self._shown.add(warning)
                warnings.showwarning(message, type(message), warning.file, warning.line)


def deliver_with_warnings(
    filters: Filters, deliver: Callable[[Attempt, Any], Delivery[Any]], attempt: Attempt, calls: Any
) -> Delivery[Any]:
    """Make one call or a batch of calls in a worker process, and add the warnings to the delivery."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.filters[:] = [loaded for item in filters if (loaded := _unpickled(item)) is not None]  # type: ignore[index] # pyright: ignore[reportIndexIssue]
        delivery = deliver(attempt, calls)
    delivery.warnings = _sent(caught)
    return delivery


def _sent(caught: Sequence[warnings.WarningMessage]) -> tuple[SentWarning, ...]:
    sent = tuple(map(SentWarning.of, caught[:MAX_SENT]))
    if len(caught) <= MAX_SENT:
        return sent
    notice = UserWarning(f"{len(caught) - MAX_SENT:,} more warnings from the same worker are not shown.")
    return (*sent, SentWarning(_pickled(notice), str(notice), sent[-1].file, sent[-1].line))


def _pickled(item: object) -> bytes | None:
    """Return a filter or a warning as bytes, or None if it cannot be pickled."""
    try:
        return pickle.dumps(item)
    except Exception:  # noqa: BLE001 - the class may raise anything
        return None


@lru_cache(256)
def _unpickled(item: bytes) -> Any:
    """Return a filter, or None if its category does not exist in this process."""
    try:
        return pickle.loads(item)  # noqa: S301 - from the process that started the run
    except Exception:  # noqa: BLE001 - importing the category's module may raise anything
        return None
