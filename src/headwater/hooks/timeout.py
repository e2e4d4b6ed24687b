"""`Timeout`: limits the time that a function may take in an `AsyncDriver`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from headwater.errors import NodeTimeout, short_repr
from headwater.hooks.selection import NodeSelection

if TYPE_CHECKING:
    from headwater.execution.middleware import AsyncProceed, Call
    from headwater.graph.tags import TagFilter


class Timeout:
    """Middleware for an `AsyncDriver` that cancels a function that takes too long.

    Only an `async def` function can be canceled, and only while it awaits something. A plain function blocks the event loop, so
    it always runs to completion. To limit each attempt of a `Retry`, add `Timeout` after it.

    Args:
        seconds: the maximum time that a function may take.
        name: a node name or a pattern (`*`, `?`). By default, all nodes.
        tag: only nodes with these tags, as in `AsyncDriver.list_available_variables(tag_filter=...)`.

    Raises:
        ValueError: `seconds` is not a positive number.

    >>> import asyncio
    >>> from headwater import Builder
    >>> from headwater.hooks import Timeout
    >>> async def fetched() -> str:
    ...     await asyncio.sleep(60)
    ...     return "data"
    >>> driver = Builder().with_functions(fetched).with_hooks(Timeout(0.01)).build_async()
    >>> try:
    ...     asyncio.run(driver.execute(["fetched"]))
    ... except TimeoutError as error:
    ...     print(str(error).partition(") ")[2])
    took longer than 0.01 s.
    """

    def __init__(self, seconds: float, *, name: str | None = None, tag: TagFilter | None = None) -> None:
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not seconds > 0:
            raise ValueError(f"`seconds` must be a positive number, not {short_repr(seconds)}.")
        self._seconds = seconds
        self._nodes = NodeSelection(name, tag)

    async def around(self, call: Call, proceed: AsyncProceed) -> Any:
        """Make the call, and cancel it if it takes too long.

        Raises:
            NodeTimeout: the call took too long.
        """
        node = call.node
        if not self._nodes.matches(node):
            return await proceed(call)
        limit = asyncio.timeout(self._seconds)
        try:
            async with limit:
                return await proceed(call)
        except TimeoutError:
            if not limit.expired():  # the function itself raised the `TimeoutError`
                raise
            raise NodeTimeout(node.name, node.location, self._seconds) from None
