"""`Session`: the files of a dataflow, what they describe, and what they computed last."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any, Self

from headwater.builder import Builder
from headwater.caching.equality import is_equal
from headwater.caching.memory import MemoryStore
from headwater.errors import HeadwaterError, HeadwaterWarning, MissingInput, NotWritable, UnknownNode, WrongValueWarning
from headwater.introspection.names import by_normalized_name, normalized
from headwater.outline import Outliner, outline, redefinitions
from headwater.planning.request import Request, check_request
from headwater.previews import Page, preview
from headwater.session.code import Code
from headwater.session.data import DataFileNames
from headwater.session.field_values import read_fields
from headwater.session.files import MODULE, SessionFiles
from headwater.session.graph_views import BuiltGraphViews, with_provided_values
from headwater.session.missing_variants import missing_variants
from headwater.session.modules import Modules
from headwater.session.output_capture import CappedText, capture_output
from headwater.session.problems import Problems, make_problem
from headwater.session.session_run import RunInputs, SessionRun, missing_inputs_text
from headwater.session.stamps import CONFIG_WORDS, Stamper
from headwater.session.truncation import truncate_graph, truncate_outputs, truncate_problems, truncate_runs
from headwater.session.warning_capture import capture_warnings

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence

    from headwater.driver import Driver
    from headwater.execution.recording import Recording
    from headwater.session.comparison import Side
    from headwater.session.session_run import OnState
    from headwater.wire.views import CheckView, ComparisonView, GraphView, NodeState, Preview, ProblemView, RunView

_SYNTAX_ERRORS = (SyntaxError, ValueError, RecursionError, MemoryError)


@dataclass(frozen=True, slots=True)
class _Build:
    """What the present files turned out to be when they were run."""

    driver: Driver[dict[str, Any]]
    view: GraphView
    notices: tuple[HeadwaterWarning, ...]
    """What building warned of."""


@dataclass(frozen=True, slots=True)
class _LatestRun:
    """The latest run of the present files, inputs and config."""

    outputs: tuple[str, ...]
    values: Mapping[str, Any]
    states: Mapping[str, NodeState]
    failures: Mapping[str, str]


class Session:
    """Holds the files of a dataflow and runs what has changed of it.

    `.py` files are the modules of one dataflow and may import one another; other files are data and stand beside them,
    so that `Path(__file__).with_name("weather.csv")` finds one. Values are reused from run to run: a node runs again only
    if its own code, a helper that it uses, or something that it reads has changed. Where it comes to the same value as
    before, what follows is reused: numbers, texts, dates, containers and dataclasses of such, numpy arrays, pandas frames,
    series and indexes are compared, down to types, names and order; anything else, and what is very large, counts as changed.
    A function that changes an argument in place changes nothing that a later run uses: frames and series are passed on as
    shallow copies, and what else it changed, or may have changed, is computed again. A change that is found is a warning.

    >>> with Session() as session:
    ...     session.update({"prices.py": "def total(price: int = 2) -> int: return price * 3"})
    ...     session.run()["outputs"]
    {'total': {'kind': 'scalar', 'type': 'int', 'text': '6'}}
    """

    def __init__(self) -> None:
        self._files = SessionFiles()
        self._modules = Modules(self._files.directory)
        self._problems = Problems(self._files.directory)
        self._outliner = Outliner()
        self._built_views = BuiltGraphViews()
        self._outline_stamper, self._built_stamper = Stamper(), Stamper()
        self._values = MemoryStore()
        self._config: dict[str, Any] = {}
        self._inputs: dict[str, Any] = {}
        self._overrides: dict[str, Any] = {}
        self._refused: list[ProblemView] = []
        self._data_names: set[str] = set()
        self._read: Code | None = None
        """The present files, once they were read."""
        self._last_read: Code | None = None
        """The files that were read last, the present ones or others."""
        self._built: _Build | None = None
        self._shown: Mapping[str, Any] = {}
        self._ran: _LatestRun | None = None
        self._obstacle: str | None = None
        """What kept the present files from running."""

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
        """Replace all files, the config, the inputs and the overrides. Nothing of them is run.

        A file with a name that cannot be is left out and reported among the problems.

        Args:
            files: the texts by file name, modules in the order in which they join the dataflow.
            config: decides between variants of functions, and gives values by name.
            inputs: values for what no function makes.
            overrides: values that take the place of nodes; what only these would have needed is not computed. What a node
                computed itself is kept meanwhile.
        """
        before = dict(self._files.texts)
        refused = self._files.replace(files)
        self._refused = [make_problem(type(error).__name__, str(error), file=name) for name, error in refused]
        self._data_names.update(self._files.data)
        config = dict(config or {})
        inputs, overrides = dict(inputs or {}), dict(overrides or {})
        is_edited = list(before.items()) != list(self._files.texts.items())
        is_reconfigured = not _is_unchanged(self._config, config)
        if is_edited:
            self._read = None
        if is_reconfigured:
            self._outliner = Outliner(config)
        if is_edited or is_reconfigured:
            self._built = None
        if (
            is_edited
            or is_reconfigured
            or not (_is_unchanged(self._inputs, inputs) and _is_unchanged(self._overrides, overrides))
        ):
            self._ran = self._obstacle = None
        self._config, self._inputs, self._overrides = config, inputs, overrides

    def graph(self, *, stamps: bool = True) -> GraphView:
        """The dataflow: as its source text describes it, and once the present files were run, as it was built.

        `stamps` says whether functions get their stamps, which tell whether a value is that of the present code.
        """
        given = by_normalized_name({**self._inputs, **self._overrides})
        if self._built is not None:
            found = with_provided_values(self._built.view, self._built.driver.graph, given)
        else:
            found = self._outliner.read(self._files.texts, given=given)
        if stamps:
            found = self._add_stamps(found, self._outline_stamper if self._built is None else self._built_stamper)
        return truncate_graph({**found, "problems": [*self._refused, *found["problems"]]})

    def run(self, outputs: Sequence[str] | None = None, on_state: Callable[[str, NodeState], None] | None = None) -> RunView:
        """Compute outputs, running what has changed, and say what came of it.

        Args:
            outputs: names of nodes; without, all nodes that no other reads.
            on_state: is told the state of a node whenever it changes; of a reused one only if it was queued before.

        Whatever the user's code raises becomes a problem of the result. Only `KeyboardInterrupt` passes.
        """
        start = perf_counter()
        run = _empty_run()
        problems = run["problems"]
        problems.extend(self._refused)
        self._ran = self._obstacle = None
        with self._in_place():
            prints = CappedText()
            try:
                with capture_output(prints):
                    code = self._code()
                    problems.extend(_redefinitions(code))
                    if not code.state.is_empty:
                        self._built = None  # its functions have defaults from the run before
                    built = self._built = self._built_from(code)
            except KeyboardInterrupt:
                raise
            except BaseException as error:  # noqa: BLE001 - whatever the modules raise while they are imported
                problems.extend(self._of_sources(error))
                self._obstacle = problems[-1]["message"]
            else:
                self._run(built, code, outputs, on_state or _unwatched, run)
        if prints.text:
            run["prints"] = self._problems.relative(prints.text)
        run["graph"] = self.graph()
        run["ok"] = not any(problem["severity"] == "error" for problem in problems)
        run["problems"] = truncate_problems([*problems, *truncate_runs(run["nodes"])])
        run["seconds"] = perf_counter() - start
        return run

    def preview(self, name: str, *, row: int = 0, column: int = 0) -> Preview | None:
        """Preview a node's value in the latest run that ran anything. Return None if it has no value.

        A function that this run did not reach still has its value from an earlier run. An input or a config value has one
        only if this run used it.

        Args:
            name: the node.
            row: where in a large table to begin, counted from 0; its last page, where there are not as many rows.
            column: the same for columns, the index not counted.
        """
        name = normalized(name)
        if name not in self._shown:
            return None
        with self._in_place(), capture_output():
            return preview(self._shown[name], Page(row, column))

    def compare(self, before: Session) -> ComparisonView:
        """What differs from another session: the code of each node, and its value where both have run."""
        from headwater.session.comparison import compare_sessions

        with capture_output():
            return compare_sessions(before._side(), self._side())

    def check(self, source: str) -> CheckView:
        """Have a lesson's check look at the latest run, and say what is not right yet. Runs nothing of the dataflow.

        Args:
            source: Python, with `assert`. It knows `value(name)`, what a node came to; `depends(name, on)`; `nodes`, the
                names of all nodes; `ran` and `reused`, what the latest run computed and what it reused.

        >>> with Session() as session:
        ...     session.update({"prices.py": "def total(price: int = 2) -> int: return price * 3"})
        ...     _ = session.run()
        ...     session.check("assert value('total') == 8, 'Four of them, please.'")
        {'passed': False, 'message': 'Four of them, please.'}
        """
        from headwater.session.lesson_check import (  # who takes no lesson does not wait for it
            LessonContext,
            failed_check,
            run_check,
        )

        if self._built is None or self._ran is None:
            return failed_check(self._obstacle or "Run the code first.")
        with self._in_place(), capture_output(CappedText()):
            return run_check(
                source, LessonContext(self._built.driver.graph, self._ran.values, self._ran.states, self._ran.failures)
            )

    def recording(self) -> Recording:
        """The present files with the values of their run, for `headwater.export` to write tests and programs from.

        Raises:
            NotWritable: the files have not run as they stand, or they make no dataflow.
        """
        from headwater.execution.recording import Recording  # imported here because most sessions export nothing

        if self._built is None or self._ran is None:
            raise NotWritable("There are no values to write down: the code has not run as it stands, or it cannot.")
        return Recording(
            sources=self._files.modules,
            graph=self._built.driver.graph,
            values=self._ran.values,
            outputs=self._ran.outputs,
            inputs={name: self._ran.values[name] for name in by_normalized_name(self._inputs) if name in self._ran.values},
            config=by_normalized_name(self._config),
            overrides={
                name: self._ran.values[name] for name in by_normalized_name(self._overrides) if name in self._ran.values
            },
            data=self._files.data,
        )

    def close(self) -> None:
        """Forget everything and delete the session's directory."""
        self._modules.close()
        self._values.retain(())
        self._shown = {}
        self._files.remove()

    @contextmanager
    def _in_place(self) -> Generator[None]:
        """Meanwhile the user's code finds its files and modules."""
        self._files.write()
        with self._modules.importable(self._files.modules):
            yield

    def _side(self) -> Side:
        from headwater.session.comparison import Side

        return Side(self.graph(), self._files, by_normalized_name({**self._inputs, **self._overrides}), self._shown)

    # --- from text to a graph -------------------------------------------------------------------------------------

    def _code(self) -> Code:
        if self._read is None:
            data_names = DataFileNames.named(self._data_names)
            self._read = self._last_read = Code.of(self._files.modules, data_names, self._files.data_digest, self._last_read)
        return self._read

    def _add_stamps(self, found: GraphView, stamper: Stamper) -> GraphView:
        try:
            code = self._code()
        except _SYNTAX_ERRORS:
            return found  # what cannot be read has no stamps
        return stamper.add_stamps(found, code, self._config)

    def _built_from(self, code: Code) -> _Build:
        modules = self._modules.load(code)
        if self._built is not None:
            return self._built
        with capture_warnings() as warned:
            driver = Builder().with_modules(*modules).with_config(self._config).build()
        view = self._built_views.graph_view(driver.graph, code, self._problems)
        view["problems"] = list(_redefinitions(code))
        # Only the text has the functions that take no part.
        if any(word in source for source in code.sources.values() for word in CONFIG_WORDS):
            read = self._outliner.read(self._files.texts)
            if "config" in read:
                view["config"] = read["config"]
        return _Build(driver, view, tuple(warned))

    def _of_sources(self, error: BaseException) -> list[ProblemView]:
        """The problems that keep a graph from being built; of source text, those that the outline knows the places of."""
        if isinstance(error, _SYNTAX_ERRORS) and not isinstance(error, HeadwaterError):
            found = [problem for problem in outline(self._files.texts)["problems"] if problem["severity"] == "error"]
            syntax = [problem for problem in found if problem["kind"].endswith(("SyntaxError", "IndentationError", "TabError"))]
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
        asked = [node.name for node in graph.sinks] if outputs is None else outputs
        entered = read_fields(graph, self._inputs, self._overrides, self._files.data)
        problems.extend(entered.problems)
        resolved, errors, warnings = check_request(Request(asked, entered.inputs, entered.overrides), graph)
        errors = [error for error in errors if not (isinstance(error, MissingInput) and error.name in entered.unreadable)]
        # A config value of a wrong type is warned of when the dataflow is built. It is an error once it is needed.
        notices = [one for one in built.notices if not (isinstance(one, WrongValueWarning) and one.error in errors)]
        problems.extend(self._problems.of_warning(warning) for warning in (*notices, *warnings))
        problems.extend(problem for error in errors for problem in self._problems.of(error))
        reported = {str(error.node) for error in errors if isinstance(error, UnknownNode)}
        problems.extend(missing_variants(graph, self._problems, reported))
        overrides = {name: value for name, value in resolved.overrides.items() if name in graph.nodes}
        refused = resolved.refused | (entered.unreadable & by_normalized_name(self._overrides).keys())
        replaced = overrides.keys() | (by_normalized_name(self._overrides).keys() & refused & graph.nodes.keys())
        wanted = [name for name in resolved.outputs.values() if name in graph.nodes]
        self._values.retain(graph.nodes)
        run_inputs = RunInputs(resolved.inputs, overrides, replaced, refused, entered.unreadable - refused)
        running = SessionRun(self._values, run_inputs, code, self._problems, on_state)
        accepted = {**resolved.inputs, **resolved.overrides}
        unread = {
            name: value for name, value in accepted.items() if name in resolved.outputs.values() and name not in graph.nodes
        }
        try:
            running.run(graph, wanted)
        finally:
            # An interrupted run, too, shows what it has got to.
            computed = {node.name for node in graph if node.kind == "function"} - running.unavailable
            still = {name: value for name, value in self._shown.items() if name in computed}
            present = dict(running.available)
            self._shown = {**still, **present, **unread}
            states: dict[str, NodeState] = {name: node["state"] for name, node in running.runs.items()}
            failures = {problem["node"]: problem["message"] for problem in running.found if problem["node"]}
            failures |= {name: missing_inputs_text(needs) for name, needs in running.needs.items()}
            self._ran = _LatestRun(tuple(wanted), present, states, failures)
        problems.extend(running.found)
        run["nodes"] = running.runs
        run["ran"] = running.count("succeeded", "failed")
        run["reused"] = running.count("reused")
        run["total"] = len(running.runs) - running.count("overridden")
        shown = {**present, **unread}
        with capture_output():
            run["outputs"] = truncate_outputs((label, shown[name]) for label, name in resolved.outputs.items() if name in shown)


def _redefinitions(code: Code) -> Iterator[ProblemView]:
    """Warnings of functions that are defined twice. Only modules that may have one are read again."""
    for module, source in code.sources.items():
        defined = [statement.binds for statement in code.statements(module) if statement.defines_function]
        if len(defined) > len(set(defined)):
            yield from redefinitions(f"{module}{MODULE}", source)


def _is_unchanged(before: Mapping[str, Any], config: Mapping[str, Any]) -> bool:
    """Whether a graph that was built under one config holds under another.

    Not `==`: 1 equals True, and arrays and frames do not compare to one truth value. Of mutable values the graph needs the
    new ones: those of before count as changed, as a function may have altered them.
    """
    return is_equal(before, config) and all(is_equal(value, value) for value in config.values())


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


def _unwatched(name: str, state: NodeState) -> None:
    """Nobody wants to know."""
