"""`Driver`: runs a dataflow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from headwater.dataflow import Dataflow, output_name
from headwater.execution import Runner
from headwater.execution.failure import user_traceback

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from typing import Self

    from headwater.caching.settings import Treatments
    from headwater.execution.policy import Hook
    from headwater.graph.tags import TagFilter
    from headwater.io.materializers import Materializer
    from headwater.planning.plan import Plan
    from headwater.planning.request import Output
    from headwater.sweeps import Sweep, SweepMode

R = TypeVar("R")
T = TypeVar("T")


class Driver(Dataflow[R]):
    """A dataflow that can be run and inspected. `Builder.build()` creates one.

    A driver is immutable and thread-safe. Without a cache, it stores no values: each `execute` computes them again.
    """

    __slots__ = ()

    # --- running --------------------------------------------------------------------------------------------------

    def execute(
        self,
        outputs: Sequence[Output],
        *,
        inputs: Mapping[str, Any] | None = None,
        overrides: Mapping[str, Any] | None = None,
        hooks: Sequence[Hook] = (),
        cache: Treatments | None = None,
    ) -> R:
        """Compute outputs and their dependencies. Each node is computed once.

        Args:
            outputs: nodes, names of nodes, or functions in the dataflow. Provided values can also be requested as outputs.
            inputs: values for names that no function computes.
            overrides: values that replace nodes. Nodes needed only by replaced nodes are not computed.
            hooks: observers and middleware for this run. The builder's hooks come first.
            cache: how the cache treats nodes in this run: a behavior for all of them, or a mapping from names to behaviors,
                such as `{"total": "recompute"}`. See `Builder.with_cache`.

        Returns:
            The outputs, keyed by name, in the requested order, or the result of the result builder.

        Raises:
            RequestError: a name is unknown, an input is missing, or a value has the wrong type. If no output needs the value,
                a warning is issued instead.
            Exception: an exception from a function, with a note that names the node, its location and its arguments.
        """
        if hooks:
            return self._with_run_hooks(hooks).execute(outputs, inputs=inputs, overrides=overrides, cache=cache)
        if cache is not None:
            return self._with_treatments(cache).execute(outputs, inputs=inputs, overrides=overrides)
        try:
            prepared, values = self._prepare(outputs, inputs or {}, overrides or {})
            computed = prepared.run(values, self._policy)
            return self._result.build(computed) if self._policy is None else self._policy.build_result(self._result, computed)
        except Exception as error:  # noqa: BLE001 - every exception is re-raised
            raise error.with_traceback(user_traceback(error.__traceback__))  # noqa: B904 - the same exception

    def run(self, function: Callable[..., T], /, **values: Any) -> T:
        """Compute the value of one function in the dataflow from provided values.

        Args:
            function: a function that computes one node.
            values: values of inputs and nodes, keyed by name.

        Returns:
            The function's value. Its static type is the return annotation.

        Raises:
            RequestError: see `execute`.

        >>> from headwater import Builder
        >>> def tax(price: float) -> float:
        ...     return price / 5
        >>> def total(price: float, tax: float) -> float:
        ...     return price + tax
        >>> driver = Builder().with_functions(tax, total).build()
        >>> driver.run(total, price=10.0), driver.run(total, price=10.0, tax=3.0)
        (12.0, 13.0)
        """
        try:
            prepared, provided = self._prepare([function], values, None)
            policy = None if self._policy is None else self._policy.raising
            (value,) = prepared.run(provided, policy).values()
        except Exception as error:  # noqa: BLE001 - every exception is re-raised
            raise error.with_traceback(user_traceback(error.__traceback__))  # noqa: B904 - the same exception
        result: T = value
        return result

    def sweep(
        self,
        outputs: Sequence[Output],
        *,
        over: Mapping[str, Iterable[Any]],
        mode: SweepMode = "grid",
        inputs: Mapping[str, Any] | None = None,
        overrides: Mapping[str, Any] | None = None,
        hooks: Sequence[Hook] = (),
    ) -> Sweep:
        """Compute outputs for many combinations of values: `sweep(["profit"], over={"price": [9, 12], "rate": [0.1, 0.2]})`.

        All combinations are computed in one run. A node is computed once for each combination of the values that it depends on,
        so a node that depends on none of them is computed once. With an executor, independent functions run in parallel. Hooks
        receive nodes with names such as `profit[price=9, rate=0.1]`. The result builder is not used.

        Args:
            outputs: see `execute`.
            over: the values for each input or overridden node that varies.
            mode: "grid" for all combinations of the values, or "zip" to combine the first values, then the second values, and
                so on.
            inputs: the inputs that are the same for all combinations.
            overrides: the overrides that are the same for all combinations.
            hooks: see `execute`.

        Raises:
            RequestError: see `execute`. Also raised if `over` or `mode` is invalid.
            Exception: see `execute`.

        >>> from headwater import Builder
        >>> def cost(units: int) -> float:
        ...     return units * 2.0
        >>> def profit(price: float, units: int, cost: float) -> float:
        ...     return price * units - cost
        >>> sweep = Builder().with_functions(cost, profit).build().sweep(
        ...     ["profit"], over={"units": [10, 20], "price": [3.0, 4.0]}
        ... )
        >>> for row in sweep.rows:
        ...     print(row)
        {'units': 10, 'price': 3.0, 'profit': 10.0}
        {'units': 10, 'price': 4.0, 'profit': 20.0}
        {'units': 20, 'price': 3.0, 'profit': 20.0}
        {'units': 20, 'price': 4.0, 'profit': 40.0}
        """
        from headwater.execution.awaited_plan import require_synchronous  # imported lazily: `execute` does not need it

        if hooks:
            driver = self._with_run_hooks(hooks)
            return driver.sweep(outputs, over=over, mode=mode, inputs=inputs, overrides=overrides)
        try:
            planned = self._plan_sweep(outputs, over, mode, inputs or {}, overrides or {})
            require_synchronous(planned.plan)
            return planned.result(self._run_plan(planned.plan, planned.values))
        except Exception as error:  # noqa: BLE001 - every exception is re-raised
            raise error.with_traceback(user_traceback(error.__traceback__))  # noqa: B904 - the same exception

    def _run_plan(self, plan: Plan, values: Mapping[str, Any]) -> dict[str, Any]:
        if self._policy is None or self._policy.is_empty:
            return Runner(plan).run(values)
        from headwater.execution.policy_runner import PolicyRunner

        return PolicyRunner(plan, self._policy).run(values)

    def with_executor(self, executor: Executor | None, *, on: str | None = None, where: TagFilter | None = None) -> Self:
        """Return a driver for the same dataflow that calls functions on an executor. See `Builder.with_executor`.

        The new driver reuses the requests that this driver has checked, so creating it for a single run is cheap.

        Raises:
            TypeError: an argument has the wrong type.
            RequestError: the tag filter is invalid, or a function is marked with a name that no executor has.
        """
        from headwater.execution.placement import Placement, check_names
        from headwater.execution.policy import Policy

        policy = (self._policy or Policy()).with_placement(Placement(executor, on, where))
        check_names(policy.placements, self.graph)
        return self._changed(_policy=policy)

    # --- loading and saving ---------------------------------------------------------------------------------------

    def materialize(
        self,
        *materializers: Materializer,
        additional_vars: Sequence[Output] = (),
        inputs: Mapping[str, Any] | None = None,
        overrides: Mapping[str, Any] | None = None,
        hooks: Sequence[Hook] = (),
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Run the dataflow with loaders and savers: `materialize(to.json(id="saved", dependencies="a", path="a.json"))`.

        The driver does not change.

        Args:
            materializers: loaders from `headwater.io.from_` and savers from `headwater.io.to`.
            additional_vars: other outputs: names of nodes, or functions in the dataflow.
            inputs: see `execute`.
            overrides: see `execute`.
            hooks: see `execute`.

        Returns:
            The metadata of saved data, keyed by `id`, and the values of `additional_vars`, keyed by name.

        Raises:
            MaterializerError: a materializer does not fit the dataflow.
            RequestError: see `execute`. Also raised if nothing is saved and no other output is requested.
            Exception: see `execute`.
        """
        driver, savers, additional = self._prepare_materialization(materializers, additional_vars)
        values: Any = driver.execute([*savers, *additional], inputs=inputs, overrides=overrides, hooks=hooks)
        names = [output if isinstance(output, str) else str(output_name(output, driver.graph)) for output in additional]
        return {name: values[name] for name in savers}, {name: values[name] for name in names}
