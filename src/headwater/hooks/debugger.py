"""`Breakpoints`: stops in the debugger at selected nodes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, Literal, get_args

from headwater.errors import short_repr
from headwater.hooks.selection import NodeSelection

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from headwater.execution.middleware import Call, CallSteps
    from headwater.graph.tags import TagFilter

Moment = Literal["before", "after", "error"]
_MOMENTS: Final = get_args(Moment)


class Breakpoints:
    """Middleware that stops in the debugger at selected nodes.

    At "before" and "after", `call.named` holds the arguments. After the call, `value` holds the result, and you can assign to
    it. At "error", the debugger opens in the function that failed. Use the hook without an executor: a debugger needs the
    terminal.

    Args:
        *moments: when to stop: "before" or "after" a call, or on an "error". By default, "before".
        name: a node name or a pattern (`*`, `?`). By default, all nodes.
        tag: only nodes with these tags, as in `Driver.list_available_variables(tag_filter=...)`.
        stop: a function that opens the debugger in its caller's frame. By default, `sys.breakpointhook`, which
            `PYTHONBREAKPOINT` configures.
        post_mortem: a function that opens a traceback in the debugger. By default, `pdb.post_mortem`.

    Raises:
        ValueError: a moment is unknown.

    >>> from headwater import Builder
    >>> from headwater.hooks import Breakpoints
    >>> def price() -> float:
    ...     return 10.0
    >>> hook = Breakpoints("before", name="price", stop=lambda: print("(Pdb)"))
    >>> Builder().with_functions(price).build().execute(["price"], hooks=[hook])
    (Pdb)
    {'price': 10.0}
    """

    def __init__(
        self,
        *moments: Moment,
        name: str | None = None,
        tag: TagFilter | None = None,
        stop: Callable[[], object] | None = None,
        post_mortem: Callable[[TracebackType | None], object] | None = None,
    ) -> None:
        if unknown := [moment for moment in moments if moment not in _MOMENTS]:
            raise ValueError(f"A breakpoint must be one of {', '.join(map(repr, _MOMENTS))}, not {short_repr(unknown[0])}.")
        self._moments = frozenset(moments or ("before",))
        self._nodes = NodeSelection(name, tag)
        self._stop = stop
        self._post_mortem = post_mortem

    def around_call(self, call: Call) -> CallSteps:
        """Make the call, and stop in the debugger."""
        if not self._nodes.matches(call.node):
            return (yield call)
        stop = self._stop or sys.breakpointhook
        if "before" in self._moments:
            stop()  # the function has not been called; inspect `call.named`
        try:
            value = yield call
        except Exception as error:
            if "error" in self._moments:
                self._open(error.__traceback__)
            raise
        if "after" in self._moments:
            stop()  # the function has returned `value`
        return value

    def _open(self, traceback: TracebackType | None) -> None:
        if self._post_mortem is not None:
            self._post_mortem(traceback)
            return
        import pdb  # noqa: T100 # imported lazily: the import is slow

        pdb.post_mortem(traceback)
