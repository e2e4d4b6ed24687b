"""`ElementCounter`: counts and reports the calls to a function that is called once for each element."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from headwater.graph.mapped_call import MappedCall

if TYPE_CHECKING:
    from collections.abc import Callable

    from headwater.execution.middleware import Call
    from headwater.wire.views import ElementsView

INTERVAL: Final = 0.1
"""The minimum number of seconds between two reports."""


class ElementCounter:
    """Counts the elements for which the function of one node has been called.

    The counter wraps the function instead of observing an event for each element, because an event takes longer than a short
    call.

    Args:
        node: the name of the node.
        report: receives the name and the counts, when the calls start and then at most ten times a second.
        clock: returns the time in seconds.
    """

    def __init__(
        self, node: str, report: Callable[[str, ElementsView], None], clock: Callable[[], float] = perf_counter
    ) -> None:
        self._node = node
        self._report = report
        self._clock = clock
        self._computed = 0
        self._total: int | None = None

    @property
    def elements(self) -> ElementsView | None:
        """The counts. None if the function is not called once for each element."""
        return None if self._total is None else {"computed": self._computed, "total": self._total}

    def counted(self, call: Call) -> Call:
        """Return a call that counts its elements. If the function is called only once, return the call unchanged.

        Raises:
            RunError: an argument is not a list, or the lists have different lengths.
        """
        function = call.function
        if not isinstance(function, MappedCall):
            return call
        self._total = total = function.rows(call.arguments).count
        self._report(self._node, {"computed": 0, "total": total})
        return call._replace(function=replace(function, call=self._counting(function.call, total)))

    def _counting(self, function: Callable[..., Any], total: int) -> Callable[..., Any]:
        clock = self._clock
        due = clock() + INTERVAL

        def count(*arguments: Any) -> Any:
            nonlocal due
            value = function(*arguments)
            self._computed += 1
            now = clock()
            if now >= due:
                due = now + INTERVAL
                self._report(self._node, {"computed": self._computed, "total": total})
            return value

        return count
