"""`Dataflow`: a checked dataflow. It lists, explains and draws nodes, and checks requests."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from os import PathLike
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar

from headwater.errors import (
    CacheError,
    HeadwaterWarning,
    RequestError,
    WrongInputType,
    WrongOverrideType,
    WrongValueWarning,
    raise_all,
    short_repr,
)
from headwater.execution import Runner
from headwater.execution.failure import is_internal
from headwater.execution.prepared_requests import Key, PreparedRequest, PreparedRequests
from headwater.graph.graph import Graph
from headwater.graph.node import Node
from headwater.graph.tags import TagFilter, matches
from headwater.introspection.names import by_normalized_name, normalized
from headwater.planning.plan import plan
from headwater.results import DictResult, ResultBuilder

if TYPE_CHECKING:
    from headwater.caching.cache import Cache
    from headwater.caching.log import CacheExplanation
    from headwater.caching.settings import Treatments
    from headwater.drawing import Drawing
    from headwater.execution.policy import Hook, Policy
    from headwater.io.materializers import Materializer
    from headwater.planning.explanation import Explanation
    from headwater.planning.request import Output, ResolvedRequest
    from headwater.sweeps import PlannedSweep, SweepMode

R = TypeVar("R")


class Dataflow(Generic[R]):
    """A dataflow that can be inspected, and whose requests can be checked. The drivers add methods that run it."""

    __slots__ = ("_cache", "_config", "_policy", "_requests", "_result", "graph")

    _awaits: ClassVar[bool] = False
    """True if `async def` functions are awaited."""

    def __init__(
        self,
        graph: Graph,
        result: ResultBuilder[R],
        config: Mapping[str, Any] | None = None,
        policy: Policy | None = None,
        cache: Cache | None = None,
    ) -> None:
        self.graph = graph
        """The checked graph."""
        self._cache = cache
        self._config = config or {}
        self._policy = policy
        self._result = result
        self._requests = PreparedRequests()

    def validate_execution(
        self,
        outputs: Sequence[Output],
        *,
        inputs: Mapping[str, Any] | None = None,
        overrides: Mapping[str, Any] | None = None,
    ) -> None:
        """Check a request without running it. Raises the errors that `execute` raises before any function runs."""
        self._prepare(outputs, inputs or {}, overrides or {})

    def explain(
        self,
        outputs: Sequence[Output],
        *,
        inputs: Mapping[str, Any] | None = None,
        overrides: Mapping[str, Any] | None = None,
    ) -> Explanation:
        """Explain what `execute` would do, without running anything.

        The explanation lists the steps in order, the provided values, and the functions that would not be called. If inputs are
        missing, it lists them and the steps that wait for them. It marks steps whose values the driver's cache would reuse.

        Args:
            outputs: see `execute`.
            inputs: see `execute`.
            overrides: see `execute`.

        Raises:
            RequestError: see `execute`. Not raised if an input is missing.

        >>> from headwater import Builder
        >>> def tax(price: float, rate: float = 0.2) -> float:
        ...     return price * rate
        >>> def total(price: float, tax: float) -> float:
        ...     return price + tax
        >>> explanation = Builder().with_functions(tax, total).build().explain(["total"], inputs={"price": 10.0})
        >>> for step in explanation.steps:
        ...     print(step.node.name, step.reads, step.frees)
        tax ('price',) ()
        total ('price', 'tax') ('tax',)
        """
        from headwater.planning.explanation import explain_request  # imported lazily: a run does not need it
        from headwater.planning.request import Request

        executor_of = None if self._policy is None else self._policy.executor_of
        request = Request(outputs, inputs or {}, overrides or {})
        find_cached = None if self._cache is None else self._cache.cached_nodes
        explanation, request_warnings = explain_request(request, self.graph, executor_of, find_cached)
        self._warn(request_warnings)
        return explanation

    def with_hooks(self, *hooks: Hook) -> Self:
        """Return a driver for the same dataflow with more observers and middleware. See `headwater.hooks`.

        The new driver shares the checked requests of this driver, so creating it for a single run is cheap.

        Raises:
            TypeError: an argument is neither an observer nor middleware, or it has an `async def` method that is never awaited.
        """
        from headwater.execution.async_hooks import check_hook_methods
        from headwater.execution.policy import Policy

        policy = (self._policy or Policy()).with_hooks(*hooks)
        check_hook_methods(policy, awaits=self._awaits)
        return self._changed(graph=self.graph.with_type_checks(policy.type_checks(self.graph.type_checks)), _policy=policy)

    def _with_run_hooks(self, hooks: Sequence[Hook]) -> Self:
        """Return a driver with the hooks for one run.

        Raises:
            TypeError: `hooks` is not a list, or contains an object that is not a hook.
        """
        if not isinstance(hooks, list | tuple):
            raise TypeError(f"`hooks` must be a list of hooks, not {short_repr(hooks)}: write `hooks=[...]`.")
        return self.with_hooks(*hooks)

    # --- caching --------------------------------------------------------------------------------------------------

    @property
    def cache(self) -> Cache:
        """The persistent cache: its log, and the stored versions of values.

        Raises:
            CacheError: the driver has no cache.
        """
        if self._cache is None:
            raise CacheError("The driver has no cache. Add one: `Builder().with_cache(path)`.")
        return self._cache

    def why(
        self,
        output: Output,
        *,
        inputs: Mapping[str, Any] | None = None,
        overrides: Mapping[str, Any] | None = None,
    ) -> CacheExplanation:
        """Explain whether the cache reuses the value of a node and, if not, which parts of the node's key have changed.

        Args:
            output: the name of a node, or a function in the dataflow.
            inputs: the inputs of a hypothetical run. Nothing is computed. Without inputs or overrides, the explanation is
                about this driver's latest run that included the node, if any.
            overrides: the overrides of the hypothetical run.

        Raises:
            CacheError: the driver has no cache, or no function computes the node.
            RequestError: see `execute`.
        """
        (name,) = self._names([output])
        cache = self.cache
        if self.graph[name].kind != "function":
            raise CacheError(f"`{name}` is not computed, so it is not cached.")
        if inputs is None and overrides is None and (explanation := cache.explain_run(name)) is not None:
            return explanation
        prepared, values = self._prepare([name], inputs or {}, overrides or {})
        plan_ = prepared.runner.plan
        return cache.explain_plan(name, plan_, {key: values[key] for key in plan_.provided})

    def _with_treatments(self, treatments: Treatments) -> Self:
        """Return a driver whose cache uses these treatments instead of those in its settings."""
        from dataclasses import replace

        from headwater.caching.settings import checked_treatments

        start = self.cache.run_with(checked_treatments(treatments, self.graph.nodes))
        assert self._policy is not None
        return self._changed(_policy=replace(self._policy, traces=start))

    def _changed(self, **changes: Any) -> Self:
        """Return a copy of the driver with some attributes changed."""
        changed = copy(self)
        for name, value in changes.items():
            setattr(changed, name, value)
        return changed

    # --- loading and saving ---------------------------------------------------------------------------------------

    def validate_materialization(
        self,
        *materializers: Materializer,
        additional_vars: Sequence[Output] = (),
        inputs: Mapping[str, Any] | None = None,
        overrides: Mapping[str, Any] | None = None,
    ) -> None:
        """Check materializers without running them. Raises the errors that `materialize` raises before any function runs."""
        driver, savers, additional = self._prepare_materialization(materializers, additional_vars)
        driver.validate_execution([*savers, *additional], inputs=inputs, overrides=overrides)

    def visualize_materialization(
        self,
        *materializers: Materializer,
        path: str | PathLike[str] | None = None,
        additional_vars: Sequence[Output] = (),
        inputs: Mapping[str, Any] | None = None,
        overrides: Mapping[str, Any] | None = None,
        bypass_validation: bool = False,
        **style: Any,
    ) -> Drawing:
        """Draw the nodes that `materialize` would run. For the other arguments, see `visualize_execution`."""
        driver, savers, additional = self._prepare_materialization(materializers, additional_vars)
        return driver.visualize_execution(
            [*savers, *additional], path, inputs=inputs, overrides=overrides, bypass_validation=bypass_validation, **style
        )

    def _prepare_materialization(
        self, materializers: Sequence[Materializer], additional: Sequence[Output]
    ) -> tuple[Self, list[str], tuple[Output, ...]]:
        """Add loaders and savers to a copy of the driver. Return the copy, the savers' names and the additional outputs."""
        from headwater.io.materializers import SaveMaterializer, add_materializers, validate_materializers
        from headwater.planning.request import outputs_error

        if error := outputs_error(additional):
            raise error
        validated = validate_materializers(materializers)
        savers = [materializer.id for materializer in validated if isinstance(materializer, SaveMaterializer)]
        if not savers and not additional:
            raise RequestError("Nothing to materialize. Add `to.<format>(...)`, or list outputs in `additional_vars`.")
        graph = add_materializers(self.graph, validated, self._config)
        return self._changed(graph=graph, _result=DictResult(), _requests=PreparedRequests()), savers, tuple(additional)

    # --- describing -----------------------------------------------------------------------------------------------

    def list_available_variables(self, *, tag_filter: TagFilter | None = None) -> list[Node]:
        """Return all nodes, including inputs and config values, in topological order.

        Args:
            tag_filter: return only nodes whose tags match every key. A key's filter is a value, a list of values, or None to
                match any value.

        Raises:
            RequestError: the filter is invalid.
        """
        return [node for node in self.graph if tag_filter is None or matches(node.tags, tag_filter)]

    def what_is_upstream_of(self, *outputs: Output) -> list[Node]:
        """Return these nodes and all of their dependencies, in topological order."""
        return list(self.graph.upstream(self._names(outputs)))

    def what_is_downstream_of(self, *outputs: Output) -> list[Node]:
        """Return these nodes and everything that depends on them, in topological order."""
        return list(self.graph.downstream(self._names(outputs)))

    def what_is_the_path_between(self, upstream: Output, downstream: Output) -> list[Node]:
        """Return the nodes on all paths between two nodes, inclusive. Empty if there is no path."""
        (start,), (end,) = self._names([upstream]), self._names([downstream])
        return list(self.graph.between(start, end))

    # --- drawing --------------------------------------------------------------------------------------------------

    def display_all_functions(self, path: str | PathLike[str] | None = None, **style: Any) -> Drawing:
        """Draw the whole dataflow.

        Args:
            path: the file to write. Its suffix selects the format (see `Drawing.write`).
            style: other arguments for `headwater.drawing.draw`, such as `orient="LR"`.

        Returns:
            The drawing, with the attributes `dot`, `mermaid`, `text` and `html`. A notebook displays it.
        """
        return self._draw(path, self.graph, **style)

    def visualize_execution(
        self,
        outputs: Sequence[Output],
        path: str | PathLike[str] | None = None,
        *,
        inputs: Mapping[str, Any] | None = None,
        overrides: Mapping[str, Any] | None = None,
        bypass_validation: bool = False,
        **style: Any,
    ) -> Drawing:
        """Draw the nodes that `execute` would run. Outputs and overrides are marked.

        Args:
            outputs: names of nodes, or functions in the dataflow.
            path: the file to write. Its suffix selects the format (see `Drawing.write`).
            inputs: the inputs.
            overrides: the values that replace nodes.
            bypass_validation: draw even if inputs are missing or values are invalid. Unknown outputs are omitted.
            style: other arguments for `headwater.drawing.draw`, such as `orient="LR"`.

        Raises:
            RequestError: see `execute`. Not raised if `bypass_validation` is set.
        """
        from headwater.planning.request import Request, check_request

        resolved, errors, request_warnings = check_request(Request(outputs, inputs or {}, overrides or {}), self.graph)
        if not bypass_validation or not resolved.outputs:
            raise_all(errors)
            self._warn(request_warnings)
        values = {**resolved.inputs, **resolved.overrides}
        unread = {name: values[name] for name in resolved.outputs.values() if name not in self.graph.nodes and name in values}
        graph = self.graph.with_inputs(unread) if unread else self.graph
        return self._draw(
            path, graph, outputs=tuple(resolved.outputs.values()), overrides=tuple(by_normalized_name(overrides or {})), **style
        )

    def _repr_html_(self) -> str:
        """Return the drawing of the whole dataflow for notebooks."""
        return self.display_all_functions().embedded

    @staticmethod
    def _draw(path: str | PathLike[str] | None, graph: Graph, **arguments: Any) -> Drawing:
        from headwater.drawing import draw  # imported lazily: only drawing needs it

        drawing = draw(graph, **arguments)
        if path is not None:
            drawing.write(path)
        return drawing

    # --- requests -------------------------------------------------------------------------------------------------

    def _prepare(
        self, outputs: Iterable[Output], inputs: Mapping[str, Any], overrides: Mapping[str, Any] | None
    ) -> tuple[PreparedRequest, Mapping[str, Any]]:
        """Return a request that is ready to run, and its values. If `overrides` is None, `inputs` also holds overrides."""
        graph = self.graph
        if type(outputs) is not list:
            from headwater.planning.request import outputs_error

            if error := outputs_error(outputs):
                raise error
            outputs = list(outputs)
        names = tuple([output if type(output) is str else output_name(output, graph) for output in outputs])
        key: Key = (names, tuple(inputs), None if overrides is None else tuple(overrides))
        prepared = self._requests.get(key)
        if prepared is not None:
            values = prepared.values(inputs, overrides or {})
            if prepared.accepts(values, graph.type_checks):
                if prepared.warnings:
                    self._warn(prepared.warnings)
                return prepared, values
        from headwater.planning.request import (  # imported lazily: a repeated request does not need it
            Request,
            check_request,
        )

        if overrides is None:
            inputs, overrides = self._split(inputs)
        resolved, errors, request_warnings = check_request(Request(outputs, inputs, overrides), graph)
        raise_all(errors)
        provided = (*inputs, *overrides)
        if prepared is None:
            from headwater.execution.awaited_plan import (  # imported lazily: a repeated request does not need it
                awaited_plan,
                require_synchronous,
            )

            request_plan = plan(graph, resolved.outputs.values(), map(normalized, provided), needed=resolved.needed)
            awaited = awaited_plan(request_plan) if self._awaits else None
            if awaited is None:
                require_synchronous(request_plan)
            # `accepts` rejects a value that caused a warning, so the next request checks it and warns again.
            cacheable = tuple(warning for warning in request_warnings if not _is_about_a_value(warning))
            prepared = PreparedRequest.of(resolved, Runner(request_plan), provided, cacheable, awaited)
            self._requests.add(key, prepared)
        self._warn(request_warnings)
        return prepared, prepared.values(inputs, overrides)

    def _plan_sweep(
        self,
        outputs: Sequence[Output],
        over: Mapping[str, Iterable[Any]],
        mode: SweepMode,
        inputs: Mapping[str, Any],
        overrides: Mapping[str, Any],
    ) -> PlannedSweep:
        """Check a sweep, and return one plan for all combinations of values."""
        from headwater.planning.repetition import repeated_plan
        from headwater.sweeps import PlannedSweep, checked_axes, points_of, require_distinct

        axes = by_normalized_name(checked_axes(over, mode))
        require_distinct(axes, by_normalized_name({**inputs, **overrides}))
        points = points_of(axes, mode)
        resolved = self._check_sweep(outputs, axes, inputs, overrides)
        constants = {**resolved.inputs, **resolved.overrides}
        needed = [node for node in self.graph if node.name in resolved.needed]
        repeated = repeated_plan(needed, resolved.outputs.values(), constants, axes, points)
        return PlannedSweep(
            repeated.plan,
            {**constants, **repeated.values},
            axes,
            mode,
            resolved.outputs,
            tuple(zip(points, repeated.outputs, strict=True)),
        )

    def _check_sweep(
        self,
        outputs: Sequence[Output],
        axes: Mapping[str, Sequence[Any]],
        inputs: Mapping[str, Any],
        overrides: Mapping[str, Any],
    ) -> ResolvedRequest:
        """Check each value on the axes once. Return the request without these values."""
        from headwater.planning.request import Request, check_request

        functions = {name for name in axes if name in self.graph.nodes and self.graph.nodes[name].kind != "input"}
        issued: dict[str, HeadwaterWarning] = {}
        needed: ResolvedRequest | None = None
        for number in range(max(map(len, axes.values()))):
            values = {name: values[min(number, len(values) - 1)] for name, values in axes.items()}
            request = Request(
                outputs,
                {**inputs, **{name: value for name, value in values.items() if name not in functions}},
                {**overrides, **{name: value for name, value in values.items() if name in functions}},
            )
            resolved, errors, request_warnings = check_request(request, self.graph)
            raise_all(errors)
            issued |= {str(warning): warning for warning in request_warnings}
            needed = needed or resolved
        self._warn(list(issued.values()))
        assert needed is not None
        return needed._replace(
            inputs={name: value for name, value in needed.inputs.items() if name not in axes},
            overrides={name: value for name, value in needed.overrides.items() if name not in axes},
        )

    def _names(self, outputs: Sequence[Output]) -> list[str]:
        """Return the names of the requested nodes."""
        from headwater.planning.request import output_names

        return list(output_names(outputs, self.graph))

    def _split(self, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        inputs: dict[str, Any] = {}
        overrides: dict[str, Any] = {}
        for name, value in values.items():
            node = self.graph.nodes.get(normalized(name))
            (inputs if node is None or node.kind == "input" else overrides)[name] = value
        return inputs, overrides

    @staticmethod
    def _warn(request_warnings: Sequence[HeadwaterWarning]) -> None:
        """Issue warnings at the line of the user's code that made the request."""
        if not request_warnings:
            return
        level, frame = 2, sys._getframe(1)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - `inspect.stack` reads files
        while frame.f_back is not None and is_internal(frame.f_code.co_filename):
            level, frame = level + 1, frame.f_back
        for warning in request_warnings:
            warnings.warn(warning, stacklevel=level)


def output_name(output: Output, graph: Graph) -> object:
    """Return the name of an output, or the error if it is invalid."""
    from headwater.planning.request import output_name

    return output_name(output, graph)


def _is_about_a_value(warning: HeadwaterWarning) -> bool:
    """Return True if a warning depends on a provided value, not only on its name."""
    return isinstance(warning, WrongValueWarning) and isinstance(warning.error, WrongInputType | WrongOverrideType)
