"""`Driver`: asks a dataflow for values, and asks about it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from headwater import typing_rules
from headwater.errors import (
    ConflictingNames,
    HeadwaterError,
    MisplacedInput,
    RequestError,
    UnknownNode,
    UnusedNameWarning,
    WrongInputType,
    raise_all,
)
from headwater.execution import Runner
from headwater.execution.failure import users_part
from headwater.graph import Graph
from headwater.node import ROLE_TAG, Node
from headwater.plan import plan
from headwater.results import DictResult, ResultBuilder
from headwater.suggestions import did_you_mean
from headwater.tags import TagFilter, matches

if TYPE_CHECKING:
    from headwater.drawing import Drawing
    from headwater.io.materializers import Materializer

R = TypeVar("R")
T = TypeVar("T")

Output = str | Callable[..., Any]
"""What may be asked for: the name of a node, or the function that makes it."""

_REMEMBERED_PLANS: Final = 64


class Driver(Generic[R]):
    """Runs a dataflow and answers questions about it. `Builder.build()` makes one.

    A driver never changes and keeps no values: each `execute` starts anew.
    """

    __slots__ = ("_config", "_makers", "_result", "_runners", "graph")

    def __init__(self, graph: Graph, result: ResultBuilder[R], config: Mapping[str, Any] | None = None) -> None:
        self.graph = graph
        """The checked graph."""
        self._config = config or {}
        self._result = result
        self._runners: dict[tuple[tuple[str, ...], frozenset[str]], Runner] = {}
        self._makers: dict[Callable[..., Any], list[str]] | None = None

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
            outputs: names of nodes, or functions of the dataflow.
            inputs: values for names that no function makes.
            overrides: values that take the place of nodes; what only these would have needed is not computed.

        Returns:
            The outputs by name in the order asked for, or what the result builder makes of them.

        Raises:
            RequestError: for unknown names, missing inputs, inputs of a wrong type or given for a node.
            Exception: whatever a function raises, as it is, with a note that names the node, its place and its inputs.
        """
        try:
            given = self._given(inputs or {}, overrides or {})
            return self._result.build(self._runner(self._names(outputs), given).run(given))
        except Exception as error:  # noqa: BLE001 - any error at all, and it goes on
            raise error.with_traceback(users_part(error.__traceback__))  # noqa: B904 - it is the same error

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
            (name,) = self._names([function])
            made = {key: value for key, value in given.items() if key in self.graph and self.graph[key].kind != "input"}
            values = self._given({key: value for key, value in given.items() if key not in made}, made)
            value: T = self._runner((name,), values).run(values)[name]
        except Exception as error:  # noqa: BLE001 - any error at all, and it goes on
            raise error.with_traceback(users_part(error.__traceback__))  # noqa: B904 - it is the same error
        return value

    def validate_execution(
        self,
        outputs: Sequence[Output],
        *,
        inputs: Mapping[str, Any] | None = None,
        overrides: Mapping[str, Any] | None = None,
    ) -> None:
        """Raises what `execute` would raise before it runs the first function, and runs nothing."""
        self._runner(self._names(outputs), self._given(inputs or {}, overrides or {}))

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
        return {name: values[name] for name in saved}, {name: values[name] for name in wanted}

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
    ) -> tuple[Driver[dict[str, Any]], list[str], tuple[str, ...]]:
        """A driver of the dataflow with loaders and savers, the names of the savers, and those of other outputs."""
        from headwater.io.materializers import Saving, checked, extended

        known = checked(materializers)
        saved = [one.id for one in known if isinstance(one, Saving)]
        if not saved and not additional:
            raise RequestError("There is nothing to do: add `to.<format>(...)`, or name outputs in `additional_vars`.")
        driver = Driver(extended(self.graph, known, self._config), DictResult(), self._config)
        return driver, saved, driver._names(additional)

    # --- asking ---------------------------------------------------------------------------------------------------

    def list_available_variables(self, *, tag_filter: TagFilter | None = None) -> list[Node]:
        """All nodes, inputs included, each after what it needs; with a filter, those whose tags match.

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
        start, end = self._names([upstream, downstream])
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
        return self._drawn(path, **style)

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
            bypass_validation: draw even where inputs are missing.
            style: further arguments of `headwater.drawing.draw`, such as `orient="LR"`.

        Raises:
            RequestError: as `execute` does, unless `bypass_validation` is set.
        """
        if not bypass_validation:
            self.validate_execution(outputs, inputs=inputs, overrides=overrides)
        return self._drawn(path, outputs=self._names(outputs), overrides=tuple(overrides or ()), **style)

    def _repr_html_(self) -> str:
        """The whole dataflow, as notebooks show it."""
        return self.display_all_functions().embedded

    def _drawn(self, path: str | PathLike[str] | None, **arguments: Any) -> Drawing:
        from headwater.drawing import draw  # who draws nothing does not wait for it at import

        drawing = draw(self.graph, **arguments)
        if path is not None:
            drawing.write(path)
        return drawing

    # --- requests -------------------------------------------------------------------------------------------------

    def _names(self, outputs: Iterable[Output]) -> tuple[str, ...]:
        if isinstance(outputs, str) or callable(outputs):
            raise RequestError(f"The outputs are a list of names or functions: write `[{outputs!r}]`.")
        return tuple([self._name(output) for output in outputs])

    def _name(self, output: Output) -> str:
        if isinstance(output, str):
            if output in self.graph:
                return output
            raise UnknownNode(output, self.graph.nodes)
        if not callable(output):
            raise RequestError(f"An output is the name of a node or a function, and not {output!r}.")
        made = self._made_by(output)
        if len(made) == 1:
            return made[0]
        name = str(getattr(output, "__name__", output))
        if not made:
            raise RequestError(
                f"The function `{name}` is not part of this dataflow. Hand it to the Builder with `with_functions({name})`, "
                "or check that its config variant is the one that takes part."
            )
        listed = ", ".join(repr(one) for one in made)
        raise RequestError(f"The function `{name}` makes {len(made)} nodes; ask for them by name: {listed}.")

    def _made_by(self, function: Callable[..., Any]) -> Sequence[str]:
        """The nodes of a function that stand for it: the one of its own name, else all that it makes."""
        if self._makers is None:
            self._makers = {}
            for node in self.graph:
                if node.function is not None:
                    self._makers.setdefault(node.function, []).append(node.name)
        made = self._makers.get(function, [])
        own = str(getattr(function, "__name__", ""))
        return [own] if own in made else made

    def _given(self, inputs: Mapping[str, Any], overrides: Mapping[str, Any]) -> Mapping[str, Any]:
        """Inputs and overrides in one, checked; warns of names that nothing reads."""
        if not inputs and not overrides:
            return {}
        nodes = self.graph.nodes
        errors: list[HeadwaterError] = []
        if not inputs.keys().isdisjoint(overrides):
            errors.append(ConflictingNames(inputs.keys() & overrides.keys(), "`inputs`", "`overrides`"))
        for name, value in inputs.items():
            node = nodes.get(name)
            if node is None:
                continue
            if node.kind == "config":
                errors.append(ConflictingNames([name], "`inputs`", "the config"))
            elif node.kind == "function":
                errors.append(MisplacedInput(name, node.place))
            elif not typing_rules.is_instance(value, node.type):
                readers = [nodes[reader].step for reader in self.graph.consumers[name]]
                errors.append(WrongInputType(name, typing_rules.displayed(node.type), value, readers))
        raise_all(errors)
        return {**inputs, **overrides}

    def _runner(self, outputs: tuple[str, ...], given: Mapping[str, Any]) -> Runner:
        key = (outputs, frozenset(given))
        runner = self._runners.get(key)
        unread = [name for name in given if name not in self.graph.nodes]
        if runner is None:
            if len(self._runners) >= _REMEMBERED_PLANS:
                self._runners.pop(next(iter(self._runners)))
            savers = [self.graph[name] for name in outputs if self.graph[name].tags.get(ROLE_TAG) == "saver"]
            if len(savers) > 1:
                from headwater.io.shared_paths import refuse_shared_paths  # imported lazily: only savers need it

                refuse_shared_paths(savers)
            runner = self._runners[key] = Runner(plan(self.graph, outputs, given, unread=unread))
        for name in unread:
            message = f"`{name}` was given, and nothing in the dataflow reads it.{did_you_mean(name, self.graph.nodes)}"
            warnings.warn(message, UnusedNameWarning, stacklevel=3)
        return runner
