"""`on`: the executor for a function."""

from __future__ import annotations

from headwater.decorators.protocol import Decorator, F, Target, attach, decorator_error, takes_arguments
from headwater.decorators.tags import AddTags
from headwater.execution.placement import EXECUTOR_TAG

__all__ = ["on"]


@takes_arguments("on")
def on(name: str, *, target_: Target = None) -> Decorator:
    """Call a function on the executor with this name: `@on("gpu")`.

    `Builder.with_executor(executor, on="gpu")` provides the executor. Without named executors, the decorator has no effect, so
    tests and notebooks can run the function without an executor. The name is stored as the `headwater.on` tag.

    Args:
        name: the name of an executor.
        target_: the function's nodes to call on this executor, in the same form as `target_` in `tag`.

    Raises:
        DecoratorError: the name is not a string.

    >>> from concurrent.futures import ThreadPoolExecutor
    >>> from headwater import Builder, on
    >>> @on("io")
    ... def page() -> str:
    ...     return "<html>"
    >>> with ThreadPoolExecutor(1) as pool:
    ...     Builder().with_functions(page).with_executor(pool, on="io").build().execute(["page"])
    {'page': '<html>'}
    """

    def decorate(function: F) -> F:
        if not isinstance(name, str) or not name:
            raise decorator_error("on", function, f'it needs the name of an executor, as in `@on("gpu")`, not {name!r}.')
        return attach(AddTags("on", {EXECUTOR_TAG: name}, target_), function)

    return decorate
