"""`Session`: the files in a dataflow, their graph, and the values of the latest run."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING, Any, Self

from headwater.builder import Builder, with_known_nodes
from headwater.caching.memory import MemoryStore
from headwater.definitions.known_nodes import KnownNodes
from headwater.errors import HeadwaterError, HeadwaterWarning, MissingInput, NotWritable, UnknownNode, WrongValueWarning
from headwater.introspection.names import by_normalized_name, normalized
from headwater.outline import Outliner, outline, redefinitions
from headwater.planning.request import Request, check_request
from headwater.previews import Page, preview
from headwater.session.async_nodes import AsyncNodes
from headwater.session.attribute_completion import AttributeCompletion, library_classes
from headwater.session.causes import LatestCalls
from headwater.session.code import Code
from headwater.session.data import DataFileNames
from headwater.session.definition_changes import defines_same_nodes
from headwater.session.field_values import read_fields
from headwater.session.files import MODULE, SessionFiles
from headwater.session.graph_views import BuiltGraphViews, with_provided_values
from headwater.session.latest_run import LatestRun, PastRun, is_unchanged
from headwater.session.missing_variants import missing_variants
from headwater.session.modules import Modules
from headwater.session.node_codes import NodeCodes
from headwater.session.output_capture import CappedText, capture_output
from headwater.session.problems import Problems, make_problem, with_location
from headwater.session.session_run import RunInputs, SessionRun, missing_inputs_text
from headwater.session.stamps import CONFIG_WORDS, Stamper
from headwater.session.truncation import truncate_graph, truncate_outputs, truncate_problems, truncate_runs
from headwater.session.value_keys import keys_of
from headwater.session.warning_capture import capture_warnings

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence

    from headwater.driver import Driver
    from headwater.execution.recording import Recording
    from headwater.graph.graph import Graph
    from headwater.session.comparison import Side
    from headwater.session.session_run import OnState
    from headwater.wire.views import (
        AttributeView,
        ComparisonView,
        CompletionView,
        ElementsView,
        GraphView,
        NodeState,
        Preview,
        ProblemView,
        RunView,
    )

_SYNTAX_ERRORS = (SyntaxError, ValueError, RecursionError, MemoryError)


@dataclass(frozen=True, slots=True)
class _Build:
    """The driver and the graph that were built from the files."""

    code: Code
    driver: Driver[dict[str, Any]]
    view: GraphView
    warnings: tuple[HeadwaterWarning, ...]
    """The warnings of the build."""


class Session:
    """A live session: the files in a dataflow. Only nodes that have changed rerun.

    `.py` files are the modules of one dataflow and may import one another. A file named `test_*.py` contains tests and is not
    part of the dataflow. Other files are data in the same directory: `Path(__file__).with_name("weather.csv")` is the path of
    a data file.

    Values are reused from run to run. A node reruns only if its own code, a helper that it uses, or a value that it depends on
    has changed. If you edit a function's Headwater decorators, only the nodes whose definitions have changed rerun. If a
    node's new value equals its previous value, downstream nodes are reused. Numbers, strings, dates, containers and
    dataclasses of these, numpy arrays, and pandas frames, series and indexes can be compared. The comparison includes types,
    names and order. Any other value, and any very large value, is treated as changed.

    `async def` functions and checks are awaited, one after another.

    A run reports the duration of each call, the approximate size of its value in memory, and the reasons for the call
    (`causes`). The reasons name what has changed since the function's previous call: its code, a helper, an input, or an
    upstream node.

    A function that changes an argument in place does not affect later runs. Frames and series are passed as shallow copies. Any
    other value that the function changed, or may have changed, is computed again. A detected change causes a warning.

    >>> with Session() as session:
    ...     session.update({"prices.py": "def total(price: int = 2) -> int: return price * 3"})
    ...     session.run()["outputs"]
    {'total': {'kind': 'scalar', 'type': 'int', 'text': '6'}}
    """

    def __init__(self) -> None:
        self._files = SessionFiles()
        self._known_nodes = KnownNodes()
        self._modules = Modules(self._files.directory, on_change=self._known_nodes.forget)
        self._problems = Problems(self._files.directory)
        self._outliner = Outliner()
        self._built_views = BuiltGraphViews()
        self._outline_stamper, self._built_stamper = Stamper(), Stamper()
        self._store, self._latest_calls, self._node_codes = MemoryStore(), LatestCalls(), NodeCodes()
        self._async_nodes = AsyncNodes()
        self._attribute_completion = AttributeCompletion(self._files.directory)
        self._config: dict[str, Any] = {}
        self._inputs: dict[str, Any] = {}
        self._overrides: dict[str, Any] = {}
        self._requested_files: Mapping[str, str] = {}
        """All files, including those with invalid names."""
        self._file_problems: list[ProblemView] = []
        self._data_names: set[str] = set()
        self._code_of_files: Code | None = None
        """The analyzed code of the current files. None if they have not been analyzed."""
        self._last_code: Code | None = None
        """The code that was analyzed last. It may be outdated."""
        self._built: _Build | None = None
        """The build of the current files. None if they have not been built."""
        self._last_built: _Build | None = None
        """The latest build under the current config. It may be outdated."""
        self._failed_code: Code | None = None
        """The code that could not be built in the latest run."""
        self._values_by_name: Mapping[str, Any] = {}
        self._latest_run: LatestRun | None = None
        self._failure: str | None = None
        self._past_run: PastRun | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def update(
        self,
        files: Mapping[str, str],
        config: Mapping[str, Any] | None = None,
        inputs: Mapping[str, Any] | None = None,
        overrides: Mapping[str, Any] | None = None,
    ) -> None:
        """Replace all files, the config, the inputs and the overrides, without running anything.

        A file with an invalid name is omitted and reported as a problem.

        Args:
            files: the text of each file, keyed by file name. Modules are added to the dataflow in the order of this mapping.
            config: the config values, keyed by name. They select variants of functions.
            inputs: values that no function computes.
            overrides: values that replace nodes. Nodes that only overridden nodes depend on do not run. The session keeps the
                latest computed value of an overridden node.
        """
        before = dict(self._files.texts)
        is_other_request = list(self._requested_files.items()) != list(files.items())
        self._requested_files = dict(files)
        refused = self._files.replace(files)
        self._file_problems = [make_problem(type(error).__name__, str(error), file=name) for name, error in refused]
        self._data_names.update(self._files.data)
        config = dict(config or {})
        inputs, overrides = dict(inputs or {}), dict(overrides or {})
        is_edited = list(before.items()) != list(self._files.texts.items())
        is_reconfigured = not is_unchanged(self._config, config)
        if is_edited:
            self._code_of_files = None
        if is_reconfigured:
            self._outliner = Outliner(config)
            self._last_built = None
        if is_edited or is_reconfigured:
            self._built = None
        if (
            is_other_request
            or is_reconfigured
            or not (is_unchanged(self._inputs, inputs) and is_unchanged(self._overrides, overrides))
        ):
            self._latest_run = self._failure = None
            past = self._past_run
            if past is not None and past.is_of(self._requested_files, config, inputs, overrides):  # the edit was undone
                self._latest_run, self._failure = past.run, past.failure
        self._config, self._inputs, self._overrides = config, inputs, overrides

    def graph(self, *, stamps: bool = True) -> GraphView:
        """Return the graph.

        This is the built graph if the current files have been run, or if they certainly define the same nodes as in the
        latest run. Otherwise, it is the static outline.

        Args:
            stamps: whether to add stamps to functions. A stamp shows whether a value belongs to the current code.
        """
        values = by_normalized_name({**self._inputs, **self._overrides})
        if (built := self._built or self._expected_build()) is not None:
            view = with_provided_values(built.view, built.driver.graph, values)
        else:
            view = self._outliner.read(self._files.dataflow, values=values)
        if stamps:
            view = self._add_stamps(view, self._outline_stamper if built is None else self._built_stamper)
        return truncate_graph({**view, "problems": [*self._file_problems, *view["problems"]]})

    def run(self, outputs: Sequence[str] | None = None, on_state: OnState | None = None) -> RunView:
        """Compute outputs. Nodes that have not changed are reused.

        Anything that the user's code raises becomes a problem in the result, except `KeyboardInterrupt`.

        Args:
            outputs: names of nodes. The default is all leaf nodes.
            on_state: is called with a node and its state when the state changes. For a reused node, it is called only if the
                node was queued. If a function is called once for each element, the third argument is the progress, and
                `on_state` is called at most ten times a second while the function runs. For other nodes, the third argument is
                None.

        >>> source = "def total(price: int) -> int: return price * 3"
        >>> with Session() as session:
        ...     session.update({"prices.py": source}, inputs={"price": 2})
        ...     _ = session.run()
        ...     session.update({"prices.py": source}, inputs={"price": 5})
        ...     session.run()["nodes"]["total"]["causes"]
        [{'kind': 'input', 'name': 'price'}]
        """
        start = perf_counter()
        run = _empty_run()
        problems = run["problems"]
        problems.extend(self._file_problems)
        self._latest_run = self._failure = self._past_run = None
        with self._active():
            prints = CappedText()
            try:
                with capture_output(prints):
                    code = self._code()
                    problems.extend(_redefinitions(code))
                    if not code.state.is_empty:
                        self._built = None  # a parameter's default may be state that a previous run has changed
                    built = self._built = self._last_built = self._build(code)
            except KeyboardInterrupt:
                raise
            except BaseException as error:  # noqa: BLE001 - modules may raise anything during import
                problems.extend(self._build_problems(error))
                self._failure, self._failed_code = with_location(problems[-1]), self._code_of_files
            else:
                self._run(built, code, outputs, on_state or _ignore_state, run)
            finally:
                self._modules.restore_names()
        if prints.text:
            run["prints"] = self._problems.relative(prints.text)
        run["graph"] = self.graph()
        run["ok"] = not any(problem["severity"] == "error" for problem in problems)
        run["problems"] = truncate_problems([*problems, *truncate_runs(run["nodes"])])
        run["seconds"] = perf_counter() - start
        self._past_run = PastRun(
            self._requested_files, self._config, self._inputs, self._overrides, self._latest_run, self._failure
        )
        return run

    def preview(self, name: str, *, row: int = 0, column: int = 0) -> Preview | None:
        """Preview a node's value in the latest run. Return None if it has no value.

        If the latest run did not reach a function, its node's value is from an earlier run. Inputs and config
        values have previews only if the latest run used them.

        Args:
            name: the name of the node.
            row: the first row in a large table to show, counted from 0. If the table has fewer rows, the last page is shown.
            column: the first column to show, not counting the index.
        """
        name = normalized(name)
        if name not in self._values_by_name:
            return None
        with self._active(), capture_output():
            return preview(self._values_by_name[name], Page(row, column))

    def keys(self, name: str) -> list[CompletionView]:
        """Return the keys of a node's value, such as the columns of a table, without running the user's code.

        Empty if the node has no value (see `preview`), or if the value has no keys.

        >>> with Session() as session:
        ...     session.update({"prices.py": "def prices() -> dict[str, int]: return {'tea': 3}"})
        ...     _ = session.run()
        ...     session.keys("prices")
        [{'name': 'tea', 'type': 'int'}]
        """
        return keys_of(self._values_by_name.get(normalized(name)))

    def attributes(self, file: str, text: str, line: int, column: int) -> list[AttributeView] | None:
        """Return the attributes that can complete the code at a position. Return None if jedi is not installed.

        The code is not run. A parameter has the class of its node's value, unless the user's code defines that class.

        Args:
            file: the name of the module.
            text: the current text of the module, which may have errors.
            line: the line, counted from 1.
            column: the number of characters before the position in its line.
        """
        classes = library_classes(self._values_by_name)
        with self._active(), capture_output():
            return self._attribute_completion.complete(file, text, line, column, classes)

    def describe(self, name: str) -> tuple[str, str]:
        """Return the signature of an attribute that `attributes` last returned, and the first paragraph of its docstring."""
        with self._active(), capture_output():
            return self._attribute_completion.describe(name)

    def compare(self, before: Session) -> ComparisonView:
        """Compare the code of each node with another session. If both sessions have run, also compare the values."""
        from headwater.session.comparison import compare_sessions

        with capture_output():
            return compare_sessions(before._side(), self._side())

    @property
    def texts(self) -> Mapping[str, str]:
        """The text of all files, keyed by file name."""
        return self._files.texts

    @property
    def latest_run(self) -> LatestRun | None:
        """The latest run. None if the current files have not been run, or if no graph could be built from them."""
        return self._latest_run

    @property
    def failure(self) -> str | None:
        """The error that prevented the current files from running, with its source location."""
        return self._failure

    @contextmanager
    def active(self) -> Generator[None]:
        """Make the files and modules available to code that uses the session's values."""
        with self._active(), capture_output():
            yield

    def recording(self) -> Recording:
        """Return the current files and the values of their latest run, for exports with `headwater.export`.

        Raises:
            NotWritable: the current files have not been run, or the run could not start.
        """
        from headwater.execution.recording import Recording  # imported lazily: most sessions export nothing

        if self._latest_run is None:
            raise NotWritable("There are no values to export. Run the current code first.")
        return Recording(
            sources=self._files.modules,
            graph=self._latest_run.graph,
            values=self._latest_run.values,
            outputs=self._latest_run.outputs,
            inputs={
                name: self._latest_run.values[name]
                for name in by_normalized_name(self._inputs)
                if name in self._latest_run.values
            },
            config=by_normalized_name(self._config),
            overrides={
                name: self._latest_run.values[name]
                for name in by_normalized_name(self._overrides)
                if name in self._latest_run.values
            },
            data=self._files.data,
        )

    def close(self) -> None:
        """Discard everything and delete the session's directory."""
        self._async_nodes.close()
        self._modules.close()
        self._store.retain(())
        self._latest_calls.retain(())
        self._node_codes.retain(())
        self._values_by_name = {}
        self._files.remove()

    @contextmanager
    def _active(self) -> Generator[None]:
        """Make the files and modules available to the user's code."""
        self._files.write()
        with self._modules.importable(self._files.modules):
            yield

    def _side(self) -> Side:
        from headwater.session.comparison import Side

        return Side(self.graph(), self._files, by_normalized_name({**self._inputs, **self._overrides}), self._values_by_name)

    # --- from text to a graph -------------------------------------------------------------------------------------

    def _code(self) -> Code:
        if self._code_of_files is None:
            data_names = DataFileNames.named(self._data_names)
            self._code_of_files = self._last_code = Code.of(self._files, data_names, self._last_code)
        return self._code_of_files

    def _add_stamps(self, view: GraphView, stamper: Stamper) -> GraphView:
        try:
            code = self._code()
        except _SYNTAX_ERRORS:
            return view  # invalid sources have no stamps
        return stamper.add_stamps(view, code, self._config)

    def _build(self, code: Code) -> _Build:
        modules = self._modules.load(code)
        self._node_codes.start(self._modules.generation)
        if self._built is not None:
            return self._built
        with capture_warnings() as build_warnings:
            builder = Builder().with_modules(*modules).with_config(self._config)
            driver = with_known_nodes(builder, self._known_nodes).build()
        return _Build(code, driver, self._built_view(driver.graph, code), tuple(build_warnings))

    def _built_view(self, graph: Graph, code: Code) -> GraphView:
        view = self._built_views.view(graph, code, self._problems)
        view["problems"] = list(_redefinitions(code))
        # Take the config keys from the outline, because the built graph lacks the functions that the config excludes.
        if any(word in source for source in code.sources.values() for word in CONFIG_WORDS):
            outlined = self._outliner.read(self._files.dataflow)
            if "config" in outlined:
                view["config"] = outlined["config"]
        return view

    def _expected_build(self) -> _Build | None:
        """Return the latest build with an updated view, if the current files certainly define the same nodes."""
        if self._last_built is None or self._failure is not None:
            return None
        try:
            code = self._code()
        except _SYNTAX_ERRORS:
            return None
        if code is self._failed_code:
            return None
        last = self._last_built
        if code is not last.code and not defines_same_nodes(last.code, code):
            return None
        return replace(last, view=self._built_view(last.driver.graph, code))

    def _build_problems(self, error: BaseException) -> list[ProblemView]:
        """Return the problems that prevent a graph from being built. The outline provides the locations of syntax errors."""
        if isinstance(error, _SYNTAX_ERRORS) and not isinstance(error, HeadwaterError):
            errors = [problem for problem in outline(self._files.dataflow)["problems"] if problem["severity"] == "error"]
            syntax = [
                problem for problem in errors if problem["kind"].endswith(("SyntaxError", "IndentationError", "TabError"))
            ]
            if syntax:
                return syntax
        return self._problems.of(error)

    # --- from a graph to values -----------------------------------------------------------------------------------

    def _run(
        self,
        built: _Build,
        code: Code,
        outputs: Sequence[str] | None,
        on_state: OnState,
        run: RunView,
    ) -> None:
        graph, problems = built.driver.graph, run["problems"]
        requested = [node.name for node in graph.sinks] if outputs is None else outputs
        fields = read_fields(graph, self._inputs, self._overrides, self._files.data)
        problems.extend(fields.problems)
        resolved, errors, warnings = check_request(Request(requested, fields.inputs, fields.overrides), graph)
        errors = [error for error in errors if not (isinstance(error, MissingInput) and error.name in fields.invalid)]
        # Omit the build's warning about a config value if the run reports the same problem as an error.
        build_warnings = [
            warning for warning in built.warnings if not (isinstance(warning, WrongValueWarning) and warning.error in errors)
        ]
        problems.extend(self._problems.of_warning(warning) for warning in (*build_warnings, *warnings))
        problems.extend(problem for error in errors for problem in self._problems.of(error))
        reported = {str(error.node) for error in errors if isinstance(error, UnknownNode)}
        problems.extend(missing_variants(graph, self._problems, reported))
        overrides = {name: value for name, value in resolved.overrides.items() if name in graph.nodes}
        refused = resolved.refused | (fields.invalid & by_normalized_name(self._overrides).keys())
        replaced = overrides.keys() | (by_normalized_name(self._overrides).keys() & refused & graph.nodes.keys())
        computed_outputs = [name for name in resolved.outputs.values() if name in graph.nodes]
        self._store.retain(graph.nodes)
        self._latest_calls.retain(graph)
        self._node_codes.retain(graph.nodes)
        run_inputs = RunInputs(resolved.inputs, overrides, replaced, refused, fields.invalid - refused)
        session_run = SessionRun(
            graph,
            code,
            run_inputs,
            values=self._store,
            latest_calls=self._latest_calls,
            codes=self._node_codes,
            problems=self._problems,
            async_nodes=self._async_nodes,
            on_state=on_state,
        )
        accepted = {**resolved.inputs, **resolved.overrides}
        outside_graph = {
            name: value for name, value in accepted.items() if name in resolved.outputs.values() and name not in graph.nodes
        }
        try:
            session_run.run(computed_outputs)
        finally:
            # Also store the values of an interrupted run.
            computed = {node.name for node in graph if node.kind == "function"} - session_run.unavailable
            earlier = {name: value for name, value in self._values_by_name.items() if name in computed}
            available = dict(session_run.available)
            self._values_by_name = {**earlier, **available, **outside_graph}
            states: dict[str, NodeState] = {name: node["state"] for name, node in session_run.runs.items()}
            failures = {problem["node"]: problem["message"] for problem in session_run.reported_problems if problem["node"]}
            failures |= {name: missing_inputs_text(name, needs) for name, needs in session_run.needs.items()}
            problems.extend(session_run.reported_problems)
            self._latest_run = LatestRun(graph, tuple(computed_outputs), available, states, failures, tuple(problems))
        run["nodes"] = session_run.runs
        run["ran"] = session_run.count("succeeded", "failed")
        run["reused"] = session_run.count("reused")
        run["total"] = len(session_run.runs) - session_run.count("overridden")
        shown = {**available, **outside_graph}
        with capture_output():
            run["outputs"] = truncate_outputs((label, shown[name]) for label, name in resolved.outputs.items() if name in shown)


def _redefinitions(code: Code) -> Iterator[ProblemView]:
    """Yield warnings about functions that are defined twice. Only modules that may have such functions are parsed."""
    for module, source in code.sources.items():
        defined = [statement.binds for statement in code.statements(module) if statement.defines_function]
        if len(defined) > len(set(defined)):
            yield from redefinitions(f"{module}{MODULE}", source)


def _empty_run() -> RunView:
    return {
        "ok": False,
        "seconds": 0.0,
        "ran": 0,
        "reused": 0,
        "total": 0,
        "nodes": {},
        "outputs": {},
        "graph": {"nodes": [], "edges": [], "problems": []},
        "problems": [],
    }


def _ignore_state(name: str, state: NodeState, elements: ElementsView | None) -> None:
    """Do nothing."""
