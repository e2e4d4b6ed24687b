"""`AsyncDriver`: runs a dataflow in an event loop."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, overload

from headwater.dataflow import Dataflow, output_name
from headwater.execution.async_runner import AsyncRunner, Limits
from headwater.execution.awaited_plan import awaited_plan
from headwater.execution.failure import user_traceback
from headwater.execution.policy import Policy

if TYPE_CHECKING:
    from headwater.caching.cache import Cache
    from headwater.caching.settings import Treatments
    from headwater.execution.policy import Hook
    from headwater.execution.prepared_requests import PreparedRequest
    from headwater.graph.graph import Graph
    from headwater.io.materializers import Materializer
    from headwater.planning.request import Output
    from headwater.results import ResultBuilder
    from headwater.sweeps import Sweep, SweepMode

R = TypeVar("R")
T = TypeVar("T")


class AsyncDriver(Dataflow[R]):
    """A dataflow that runs in an event loop. `Builder.build_async()` creates one.

    `async def` functions run concurrently. Plain functions run in the policy's executor. Without an executor, they run in the
    event loop and block it. An async driver is immutable. Any number of tasks can use it at the same time, each with its own
    run.
    """

    __slots__ = ("_limits",)

    _awaits: ClassVar[bool] = True

    def __init__(
        self,
        graph: Graph,
        result: ResultBuilder[R],
        config: Mapping[str, Any] | None = None,
        policy: Policy | None = None,
        cache: Cache | None = None,
        *,
        limits: Limits = Limits(),  # noqa: B008 - the default is immutable
    ) -> None:
        super().__init__(graph, result, config, policy, cache)
        self._limits = limits

    async def execute(
        self,
        outputs: Sequence[Output],
        *,
        inputs: Mapping[str, Any] | None = None,
        overrides: Mapping[str, Any] | None = None,
        hooks: Sequence[Hook] = (),
        cache: Treatments | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the error names the nodes that were running
    ) -> R:
        """Compute outputs and their dependencies. Each node is computed once.

        If a function fails, or if the task that awaits `execute` is canceled, all running calls are canceled. The exception is
        raised after these calls have ended.

        Args:
            outputs: nodes, names of nodes, or functions in the dataflow. Provided values can also be requested as outputs.
            inputs: values for names that no function computes.
            overrides: values that replace nodes. Nodes needed only by replaced nodes are not computed.
            hooks: observers and middleware for this run. The builder's hooks come first.
            cache: how the cache treats nodes in this run. See `Driver.execute`.
            timeout: the maximum duration of this run in seconds. By default, the timeout of `Builder.build_async`.

        Returns:
            The outputs, keyed by name, in the requested order, or the result of the result builder.

        Raises:
            RequestError: see `Driver.execute`.
            RunTimeout: the run took too long. The error names the nodes whose functions were running.
            Exception: an exception from a function, with a note that names the node, its location and its arguments. If several
                functions fail, the exception from the function that started first is raised.

        >>> import asyncio
        >>> from headwater import Builder
        >>> async def price() -> float:
        ...     await asyncio.sleep(0)
        ...     return 10.0
        >>> def total(price: float) -> float:
        ...     return price * 1.2
        >>> driver = Builder().with_functions(price, total).build_async()
        >>> asyncio.run(driver.execute(["total"]))
        {'total': 12.0}
        """
        if hooks:
            driver = self._with_run_hooks(hooks)
            return await driver.execute(outputs, inputs=inputs, overrides=overrides, cache=cache, timeout=timeout)
        if cache is not None:
            driver = self._with_treatments(cache)
            return await driver.execute(outputs, inputs=inputs, overrides=overrides, timeout=timeout)
        limits = self._limits if timeout is None else self._limits.with_timeout(timeout)
        try:
            prepared, values = self._prepare(outputs, inputs or {}, overrides or {})
            computed = await self._compute(prepared, values, self._policy, limits)
            return self._result.build(computed) if self._policy is None else self._policy.build_result(self._result, computed)
        except Exception as error:  # noqa: BLE001 - every exception is re-raised
            raise error.with_traceback(user_traceback(error.__traceback__))  # noqa: B904 - the same exception

    @overload
    async def run(self, function: Callable[..., Coroutine[Any, Any, T]], /, **values: Any) -> T: ...

    @overload
    async def run(self, function: Callable[..., T], /, **values: Any) -> T: ...

    async def run(self, function: Callable[..., Any], /, **values: Any) -> Any:
        """Compute the value of one function in the dataflow from provided values.

        Args:
            function: a function that computes one node.
            values: values of inputs and nodes, keyed by name.

        Returns:
            The function's value. Its static type is the return annotation.

        Raises:
            RequestError, RunTimeout: see `execute`.
        """
        try:
            prepared, provided = self._prepare([function], values, None)
            policy = None if self._policy is None else self._policy.raising
            (value,) = (await self._compute(prepared, provided, policy, self._limits)).values()
        except Exception as error:  # noqa: BLE001 - every exception is re-raised
            raise error.with_traceback(user_traceback(error.__traceback__))  # noqa: B904 - the same exception
        return value

    async def sweep(
        self,
        outputs: Sequence[Output],
        *,
        over: Mapping[str, Iterable[Any]],
        mode: SweepMode = "grid",
        inputs: Mapping[str, Any] | None = None,
        overrides: Mapping[str, Any] | None = None,
        hooks: Sequence[Hook] = (),
        timeout: float | None = None,  # noqa: ASYNC109 - the error names the nodes that were running
    ) -> Sweep:
        """Compute outputs for many combinations of values in one run. See `Driver.sweep`."""
        if hooks:
            driver = self._with_run_hooks(hooks)
            return await driver.sweep(outputs, over=over, mode=mode, inputs=inputs, overrides=overrides, timeout=timeout)
        limits = self._limits if timeout is None else self._limits.with_timeout(timeout)
        try:
            planned = self._plan_sweep(outputs, over, mode, inputs or {}, overrides or {})
            runner = AsyncRunner(awaited_plan(planned.plan), self._policy or Policy(), limits)
            return planned.result(await runner.run(planned.values))
        except Exception as error:  # noqa: BLE001 - every exception is re-raised
            raise error.with_traceback(user_traceback(error.__traceback__))  # noqa: B904 - the same exception

    async def materialize(
        self,
        *materializers: Materializer,
        additional_vars: Sequence[Output] = (),
        inputs: Mapping[str, Any] | None = None,
        overrides: Mapping[str, Any] | None = None,
        hooks: Sequence[Hook] = (),
        timeout: float | None = None,  # noqa: ASYNC109 - the error names the nodes that were running
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Run the dataflow with loaders and savers, whose methods may be `async def`. See `Driver.materialize`."""
        driver, savers, additional = self._prepare_materialization(materializers, additional_vars)
        outputs = [*savers, *additional]
        values: Any = await driver.execute(outputs, inputs=inputs, overrides=overrides, hooks=hooks, timeout=timeout)
        names = [output if isinstance(output, str) else str(output_name(output, driver.graph)) for output in additional]
        return {name: values[name] for name in savers}, {name: values[name] for name in names}

    @staticmethod
    async def _compute(
        prepared: PreparedRequest, values: Mapping[str, Any], policy: Policy | None, limits: Limits
    ) -> dict[str, Any]:
        """Return the outputs that have a value, keyed by their requested names."""
        assert prepared.awaited is not None
        if not prepared.awaited.slots and (policy is None or policy.is_empty):
            return prepared.run(values)  # nothing is awaited, so calls cannot overlap
        computed = await AsyncRunner(prepared.awaited, policy or Policy(), limits).run(values)
        return prepared.labeled(computed)
