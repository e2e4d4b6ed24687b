"""`Driver`: asks a dataflow for values, and asks about it."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from headwater.errors import (
    HeadwaterWarning,
    RequestError,
    WrongInputType,
    WrongOverrideType,
    WrongValueWarning,
    raise_all,
)
from headwater.execution import Runner
from headwater.execution.failure import is_internal, user_traceback
from headwater.execution.prepared_requests import Key, PreparedRequest, PreparedRequests
from headwater.graph.graph import Graph
from headwater.graph.node import Node
from headwater.graph.tags import TagFilter, matches
from headwater.introspection.names import by_normalized_name, normalized
from headwater.planning.plan import plan
from headwater.results import DictResult, ResultBuilder

if TYPE_CHECKING:
    from headwater.drawing import Drawing
    from headwater.execution.policy import Policy
    from headwater.execution.policy_runner import PolicyRunner
    from headwater.io.materializers import Materializer
    from headwater.planning.plan import Plan
    from headwater.planning.request import Output

R = TypeVar("R")
T = TypeVar("T")


class Driver(Generic[R]):
    """Runs a dataflow and answers questions about it. `Builder.build()` makes one.

    A driver never changes and keeps no values: each `execute` starts anew. Any number of threads may use one at once.
    """

    __slots__ = ("_config", "_policy", "_requests", "_result", "graph")

    def __init__(
        self,
        graph: Graph,
        result: ResultBuilder[R],
        config: Mapping[str, Any] | None = None,
        policy: Policy | None = None,
    ) -> None:
        self.graph = graph
        """The checked graph."""
        self._config = config or {}
        self._policy = policy
        self._result = result
        self._requests = PreparedRequests()

    # --- running --------------------------------------------------------------------------------------------------

    def execute(
        self,
        outputs: Sequence[Output],
        *,
        inputs: Mapping[str, Any] | None = None,
        overrides: Mapping[str, Any] | None = None,
    ) -> R:
        """Computes the wanted outputs, and only what they need, each node once.

        Args:
            outputs: names of nodes, nodes, or functions of the dataflow. Inputs, config values and other values that are
                given may be outputs as well.
            inputs: values for names that no function makes.
            overrides: values that replace nodes; what only these would have needed is not computed.

        Returns:
            The outputs by name in the order asked for, or what the result builder makes of them.

        Raises:
            RequestError: for unknown names, missing inputs, and values that do not fit or are given in the wrong place. Only
                what the outputs need is refused; other mistakes are warnings.
            Exception: whatever a function raises, as it is, with a note that names the node, its place and its inputs.
        """
        try:
            prepared, values = self._prepare(outputs, inputs or {}, overrides or {})
            return self._result.build(prepared.run(values))
        except Exception as error:  # noqa: BLE001 - any error at all, and it goes on
            raise error.with_traceback(user_traceback(error.__traceback__))  # noqa: B904 - it is the same error

    def run(self, function: Callable[..., T], /, **given: Any) -> T:
        """Computes one function of the dataflow from whatever is given; only what is missing is computed.

        Args:
            function: a function that makes one node.
            given: values by name, of inputs and of nodes alike.

        Returns:
            The function's value, of the type that it is annotated to return.

        Raises:
            RequestError: as `execute` does.

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
            prepared, values = self._prepare([function], given, None)
            (value,) = prepared.run(values).values()
        except Exception as error:  # noqa: BLE001 - any error at all, and it goes on
            raise error.with_traceback(user_traceback(error.__traceback__))  # noqa: B904 - it is the same error
        result: T = value
        return result

    def validate_execution(
        self,
        outputs: Sequence[Output],
        *,
        inputs: Mapping[str, Any] | None = None,
        overrides: Mapping[str, Any] | None = None,
    ) -> None:
        """Raises what `execute` would raise before it runs the first function, and runs nothing."""
        self._prepare(outputs, inputs or {}, overrides or {})

    # --- loading and saving ---------------------------------------------------------------------------------------

    def materialize(
        self,
        *materializers: Materializer,
        additional_vars: Sequence[Output] = (),
        inputs: Mapping[str, Any] | None = None,
        overrides: Mapping[str, Any] | None = None,
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Runs the dataflow with loaders and savers added: `materialize(to.json(id="saved", dependencies="a", path="a.json"))`.

        The driver itself stays as it is.

        Args:
            materializers: what `headwater.io.to` and `headwater.io.from_` make.
            additional_vars: outputs that are wanted besides: names of nodes, or functions of the dataflow.
            inputs: as for `execute`.
            overrides: as for `execute`.

        Returns:
            The metadata of what was saved, by `id`; and the values of `additional_vars`, by name.

        Raises:
            MaterializerError: for a materializer that does not fit the dataflow.
            RequestError: as `execute` does, and if there is nothing to save and nothing else is wanted.
            Exception: as `execute` does.
        """
        driver, saved, wanted = self._materializing(materializers, additional_vars)
        values = driver.execute([*saved, *wanted], inputs=inputs, overrides=overrides)
        asked = [one if isinstance(one, str) else str(_output_name(one, driver.graph)) for one in wanted]
        return {name: values[name] for name in saved}, {name: values[name] for name in asked}

    def validate_materialization(
        self,
        *materializers: Materializer,
        additional_vars: Sequence[Output] = (),
        inputs: Mapping[str, Any] | None = None,
        overrides: Mapping[str, Any] | None = None,
    ) -> None:
        """Raises what `materialize` would raise before it runs the first function, and runs nothing."""
        driver, saved, wanted = self._materializing(materializers, additional_vars)
        driver.validate_execution([*saved, *wanted], inputs=inputs, overrides=overrides)

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
        """Draws what `materialize` would run; the arguments are those of `visualize_execution`."""
        driver, saved, wanted = self._materializing(materializers, additional_vars)
        return driver.visualize_execution(
            [*saved, *wanted], path, inputs=inputs, overrides=overrides, bypass_validation=bypass_validation, **style
        )

    def _materializing(
        self, materializers: Sequence[Materializer], additional: Sequence[Output]
    ) -> tuple[Driver[dict[str, Any]], list[str], tuple[Output, ...]]:
        """A driver of the dataflow with loaders and savers, the names of the savers, and the other outputs."""
        from headwater.io.materializers import SaveMaterializer, add_materializers, validate_materializers
        from headwater.planning.request import outputs_error

        if misuse := outputs_error(additional):
            raise misuse
        known = validate_materializers(materializers)
        saved = [one.id for one in known if isinstance(one, SaveMaterializer)]
        if not saved and not additional:
            raise RequestError("Nothing to materialize. Add `to.<format>(...)`, or list outputs in `additional_vars`.")
        driver = Driver(add_materializers(self.graph, known, self._config), DictResult(), self._config, self._policy)
        return driver, saved, tuple(additional)

    # --- asking ---------------------------------------------------------------------------------------------------

    def list_available_variables(self, *, tag_filter: TagFilter | None = None) -> list[Node]:
        """All nodes, inputs and config values included, each after what it needs; with a filter, those whose tags match.

        Args:
            tag_filter: for each key the value that the tag must have, a list of values of which it must have one, or None
                if it only has to be there. All keys must match.

        Raises:
            RequestError: for a filter of another form.
        """
        return [node for node in self.graph if tag_filter is None or matches(node.tags, tag_filter)]

    def what_is_upstream_of(self, *outputs: Output) -> list[Node]:
        """The named nodes and everything that they need, each after what it needs."""
        return list(self.graph.upstream(self._names(outputs)))

    def what_is_downstream_of(self, *outputs: Output) -> list[Node]:
        """The named nodes and everything that needs them, each after what it needs."""
        return list(self.graph.downstream(self._names(outputs)))

    def what_is_the_path_between(self, upstream: Output, downstream: Output) -> list[Node]:
        """The nodes on any way from one node to the other, both included; empty where there is no way."""
        (start,), (end,) = self._names([upstream]), self._names([downstream])
        return list(self.graph.between(start, end))

    # --- drawing --------------------------------------------------------------------------------------------------

    def display_all_functions(self, path: str | PathLike[str] | None = None, **style: Any) -> Drawing:
        """Draws the whole dataflow.

        Args:
            path: where to write the picture; its suffix says in which format (see `Drawing.write`).
            style: further arguments of `headwater.drawing.draw`, such as `orient="LR"`.

        Returns:
            The drawing: `.dot`, `.mermaid`, `.text` and `.html`, and itself in a notebook.
        """
        return self._drawn(path, self.graph, **style)

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
        """Draws what `execute` would run, with outputs and overrides marked.

        Args:
            outputs: names of nodes, or functions of the dataflow.
            path: where to write the picture; its suffix says in which format (see `Drawing.write`).
            inputs: the inputs that would be given.
            overrides: the values that would take the place of nodes.
            bypass_validation: draw even where inputs are missing or values are wrong; outputs that there are not are left out.
            style: further arguments of `headwater.drawing.draw`, such as `orient="LR"`.

        Raises:
            RequestError: as `execute` does, unless `bypass_validation` is set.
        """
        from headwater.planning.request import Request, check_request

        resolved, errors, found = check_request(Request(outputs, inputs or {}, overrides or {}), self.graph)
        if not bypass_validation or not resolved.outputs:
            raise_all(errors)
            self._warn(found)
        given = {**resolved.inputs, **resolved.overrides}
        unread = {name: given[name] for name in resolved.outputs.values() if name not in self.graph.nodes and name in given}
        graph = self.graph.with_inputs(unread) if unread else self.graph
        return self._drawn(
            path, graph, outputs=tuple(resolved.outputs.values()), overrides=tuple(by_normalized_name(overrides or {})), **style
        )

    def _repr_html_(self) -> str:
        """The whole dataflow, as notebooks show it."""
        return self.display_all_functions().embedded

    @staticmethod
    def _drawn(path: str | PathLike[str] | None, graph: Graph, **arguments: Any) -> Drawing:
        from headwater.drawing import draw  # who draws nothing does not wait for it at import

        drawing = draw(graph, **arguments)
        if path is not None:
            drawing.write(path)
        return drawing

    # --- requests -------------------------------------------------------------------------------------------------

    def _prepare(
        self, outputs: Iterable[Output], inputs: Mapping[str, Any], overrides: Mapping[str, Any] | None
    ) -> tuple[PreparedRequest, Mapping[str, Any]]:
        """A request that is ready to run, and the values that are given; inputs and overrides mixed if the latter are None."""
        graph = self.graph
        if type(outputs) is not list:
            from headwater.planning.request import outputs_error

            if misuse := outputs_error(outputs):
                raise misuse
            outputs = list(outputs)
        names = tuple([output if type(output) is str else _output_name(output, graph) for output in outputs])
        key: Key = (names, tuple(inputs), None if overrides is None else tuple(overrides))
        prepared = self._requests.get(key)
        if prepared is not None:
            values = prepared.values(inputs, overrides or {})
            if prepared.accepts(values, graph.type_checks.accepts):
                if prepared.warnings:
                    self._warn(prepared.warnings)
                return prepared, values
        from headwater.planning.request import (  # who repeats a request, or makes none, does not wait for it
            Request,
            check_request,
        )

        if overrides is None:
            inputs, overrides = self._sorted(inputs)
        resolved, errors, found = check_request(Request(outputs, inputs, overrides), graph)
        raise_all(errors)
        given = (*inputs, *overrides)
        if prepared is None:
            runner = self._runner(plan(graph, resolved.outputs.values(), map(normalized, given), needed=resolved.needed))
            # What depends on a value is found again: such a value is not accepted when the request is repeated.
            static = tuple(warning for warning in found if not _is_about_a_value(warning))
            prepared = PreparedRequest.of(resolved, runner, given, static)
            self._requests.add(key, prepared)
        self._warn(found)
        return prepared, prepared.values(inputs, overrides)

    def _runner(self, found: Plan) -> Runner | PolicyRunner:
        if self._policy is None or self._policy.is_empty:
            return Runner(found)
        from headwater.execution.policy_runner import PolicyRunner  # who has no policy does not wait for it

        return PolicyRunner(found, self._policy)

    def _names(self, outputs: Sequence[Output]) -> list[str]:
        """The names of the nodes that outputs stand for."""
        from headwater.planning.request import output_names

        return list(output_names(outputs, self.graph))

    def _sorted(self, given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """The inputs, and the values that replace nodes."""
        inputs: dict[str, Any] = {}
        overrides: dict[str, Any] = {}
        for name, value in given.items():
            node = self.graph.nodes.get(normalized(name))
            (inputs if node is None or node.kind == "input" else overrides)[name] = value
        return inputs, overrides

    @staticmethod
    def _warn(found: Sequence[HeadwaterWarning]) -> None:
        """Warns of a request, at the line of the user's that made it."""
        if not found:
            return
        level, frame = 2, sys._getframe(1)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - `inspect.stack` reads files
        while frame.f_back is not None and is_internal(frame.f_code.co_filename):
            level, frame = level + 1, frame.f_back
        for warning in found:
            warnings.warn(warning, stacklevel=level)


def _output_name(output: Output, graph: Graph) -> object:
    """The name that an output stands for, or what is wrong with it."""
    from headwater.planning.request import output_name

    return output_name(output, graph)


def _is_about_a_value(warning: HeadwaterWarning) -> bool:
    """Whether a warning is about a value itself, and not about the name that it is given for."""
    return isinstance(warning, WrongValueWarning) and isinstance(warning.error, WrongInputType | WrongOverrideType)
