"""One table of dataflows for every runtime. All runtimes compute the same values and have the same outcomes."""

from __future__ import annotations

import asyncio
import importlib
import types
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from headwater import Builder, Driver
from headwater.execution.policy_runner import PolicyRunner
from headwater.execution.runner import RUNS_BEFORE_COMPILING
from headwater.hooks import (
    ContinueOnError,
    ErrorSnapshots,
    GracefulErrors,
    Observer,
    Policy,
    PrintNodes,
    Profile,
    Retry,
    StrictTypes,
    Timeout,
    WatchArguments,
)
from headwater.planning.plan import plan
from headwater.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import ProcessPoolExecutor

    from headwater.graph.node import Node
    from headwater.hooks import Outcome

pytestmark = pytest.mark.native  # threads and processes

FOLDER = Path(__file__).parents[2] / "docs" / "decorators"
EXAMPLES = sorted(path.stem for path in FOLDER.glob("*.py"))
"""A dataflow for each decorator. Its module defines `INPUTS`, `CONFIG` and the `EXPECTED` values."""


@dataclass(frozen=True)
class Case:
    """A dataflow and a request."""

    module: types.ModuleType

    @property
    def config(self) -> dict[str, Any]:
        return getattr(self.module, "CONFIG", {})

    @property
    def inputs(self) -> dict[str, Any]:
        return self.module.INPUTS

    @property
    def outputs(self) -> list[str]:
        return list(self.module.EXPECTED)

    @property
    def builder(self) -> Builder[dict[str, Any]]:
        return Builder().with_modules(self.module).with_config(self.config)

    def execute(self, driver: Driver[dict[str, Any]]) -> dict[str, Any]:
        return driver.execute(self.outputs, inputs=self.inputs)


@pytest.fixture(params=EXAMPLES)
def case(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.chdir(FOLDER)  # some examples read a file there
    monkeypatch.syspath_prepend(str(FOLDER))
    return Case(importlib.import_module(request.param))


@pytest.fixture(scope="module")
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(3) as pool:
        yield pool


@pytest.fixture(scope="module")
def process() -> Iterator[ProcessPoolExecutor]:
    """Yield a pool with one process, which starts with the working directory and the path of the first case."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        yield process


def in_a_loop(case: Case, **_: Any) -> dict[str, Any]:
    return case.execute(case.builder.build())


def compiled(case: Case, **_: Any) -> dict[str, Any]:
    driver = case.builder.build()
    for _run in range(RUNS_BEFORE_COMPILING):
        case.execute(driver)
    return case.execute(driver)


def observed(case: Case, **_: Any) -> dict[str, Any]:
    return case.execute(case.builder.with_policy(Policy(observers=(Observer(),))).build())


def scheduled(case: Case, **_: Any) -> dict[str, Any]:
    return case.execute(case.builder.with_hooks(ContinueOnError()).build())


def with_all_hooks(case: Case, **_: Any) -> dict[str, Any]:
    hooks = [StrictTypes(), Retry(attempts=2), GracefulErrors(sentinel=case), PrintNodes(), ErrorSnapshots(), Profile()]
    return case.execute(case.builder.with_hooks(*hooks).build())


def watched(case: Case, **_: Any) -> dict[str, Any]:
    return case.execute(case.builder.with_policy(Policy(middleware=(WatchArguments(),))).build())


def in_an_event_loop(case: Case, **_: Any) -> dict[str, Any]:
    return asyncio.run(case.builder.build_async().execute(case.outputs, inputs=case.inputs))


def in_an_event_loop_with_all_hooks(case: Case, **_: Any) -> dict[str, Any]:
    hooks = [StrictTypes(), Timeout(60), Retry(attempts=2), GracefulErrors(sentinel=case), ErrorSnapshots(), Profile()]
    driver = case.builder.with_hooks(*hooks).build_async()
    return asyncio.run(driver.execute(case.outputs, inputs=case.inputs))


def in_an_event_loop_with_threads(case: Case, pool: ThreadPoolExecutor, **_: Any) -> dict[str, Any]:
    driver = case.builder.with_executor(pool).build_async()
    return asyncio.run(driver.execute(case.outputs, inputs=case.inputs))


def in_threads(case: Case, pool: ThreadPoolExecutor, **_: Any) -> dict[str, Any]:
    return case.execute(case.builder.with_policy(Policy(executor=pool)).build())


def in_another_process(case: Case, process: ProcessPoolExecutor, **_: Any) -> dict[str, Any]:
    return process.submit(case.builder.build().execute, case.outputs, inputs=case.inputs).result()


def in_a_session(case: Case, **_: Any) -> dict[str, Any]:
    files = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    source = Path(str(case.module.__file__)).read_text(encoding="utf-8")
    with Session() as session:
        session.update({"flow.py": source, **files}, case.config, case.inputs)
        run = session.run(case.outputs)
        assert run["problems"] == []
        values = session.recording().values
    return {name: values[name] for name in case.outputs}


RUNTIMES: list[Callable[..., dict[str, Any]]] = [
    *(in_a_loop, compiled, observed, scheduled, with_all_hooks, watched, in_threads, in_another_process, in_a_session),
    *(in_an_event_loop, in_an_event_loop_with_all_hooks, in_an_event_loop_with_threads),
]


@pytest.mark.parametrize("runtime", RUNTIMES, ids=lambda runtime: runtime.__name__)
@pytest.mark.filterwarnings("default")
def test_every_runtime_computes_the_expected_values(
    case: Case, runtime: Callable[..., dict[str, Any]], pool: ThreadPoolExecutor, process: ProcessPoolExecutor
) -> None:
    values = runtime(case, pool=pool, process=process)
    expected = {
        name: pytest.approx(value) if isinstance(value, float) else value for name, value in case.module.EXPECTED.items()
    }
    assert values == expected


FAILING = {
    "a failure in the middle": (
        (
            "def a() -> int: return 1\ndef b(a: int) -> int: return 1 / 0\n"
            "def c(b: int) -> int: return b\ndef d(a: int) -> int: return a"
        ),
        {"a": "succeeded", "b": "failed", "c": "skipped", "d": "succeeded"},
    ),
    "two failures upstream of a node": (
        "def a() -> int: raise ValueError\ndef b() -> int: raise KeyError\ndef c(a: int, b: int) -> int: return 1",
        {"a": "failed", "b": "failed", "c": "skipped"},
    ),
    "a failure where a parameter has a default": (
        "def a() -> int: raise ValueError\ndef b(a: int = 1) -> int: return a",
        {"a": "failed", "b": "skipped"},
    ),
    "a missing input": (
        "def a(x: int) -> int: return x\ndef b(a: int) -> int: return a\ndef c(x: int = 2) -> int: return x",
        {"a": "waiting", "b": "skipped", "c": "succeeded"},
    ),
    "a missing input and a failure": (
        "def a() -> int: raise ValueError\ndef b(a: int, x: int) -> int: return x\ndef c(b: int, a: int) -> int: return a",
        {"a": "failed", "b": "waiting", "c": "skipped"},
    ),
}


@dataclass
class Outcomes(Observer):
    """Collects the outcomes of a run, keyed by node name."""

    words: dict[str, str] = field(default_factory=dict[str, str])

    def ended(self, node: Node, outcome: Outcome) -> None:
        self.words[node.name] = type(outcome).__name__.lower()


@pytest.mark.parametrize(("source", "expected"), FAILING.values(), ids=FAILING)
@pytest.mark.parametrize("threads", [0, 3])
def test_a_run_that_continues_has_the_outcomes_of_a_session(
    source: str, expected: dict[str, str], threads: int, pool: ThreadPoolExecutor
) -> None:
    module = types.ModuleType("flow")
    exec(source, vars(module))  # noqa: S102 - the test's own code
    graph = Builder().with_functions(*(vars(module)[name] for name in expected)).build().graph
    outcomes = Outcomes()
    policy = Policy(on_failure="continue", observers=(outcomes,), executor=pool if threads else None)
    PolicyRunner(plan(graph, expected, needed=dict.fromkeys(graph.nodes)), policy).run({})
    assert outcomes.words == expected
    with Session() as session:
        session.update({"flow.py": source})
        nodes = session.run(list(expected))["nodes"]
    assert {name: node["state"] for name, node in nodes.items()} == expected
