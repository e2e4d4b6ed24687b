"""The same run on executors from several libraries, each started by the test."""

from __future__ import annotations

import importlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from headwater import Builder
from headwater.hooks import ContinueOnError, Failed, Observer, Retry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager
    from pathlib import Path
    from types import ModuleType

    from headwater.graph.node import Node
    from headwater.hooks import Outcome

pytestmark = pytest.mark.native  # needs processes

FLOW = """
def base(size: int) -> list[int]:
    return list(range(size))

def total(base: list[int]) -> int:
    return sum(base)

def largest(base: list[int]) -> int:
    return max(base)

def broken(largest: int) -> float:
    return largest / 0

def after(broken: float) -> float:
    return broken

def both(total: int, largest: int) -> tuple[int, int]:
    return total, largest
"""


@contextmanager
def processes() -> Iterator[Executor]:
    from concurrent.futures import ProcessPoolExecutor  # Pyodide, which collects this module, has no processes
    from multiprocessing import get_context

    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        yield pool


@contextmanager
def loky() -> Iterator[Executor]:
    library = pytest.importorskip("loky")
    pool = library.ProcessPoolExecutor(2)
    yield pool
    pool.shutdown(wait=True, kill_workers=True)


@contextmanager
def dask() -> Iterator[Executor]:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=":0") as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client.get_executor()


EXECUTORS = {"threads": lambda: ThreadPoolExecutor(2), "processes": processes, "loky": loky, "dask": dask}


@pytest.fixture
def flow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return a module that worker processes can import."""
    (tmp_path / "executors_flow.py").write_text(FLOW)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return importlib.import_module("executors_flow")


class Ends(Observer):
    def __init__(self) -> None:
        self.seen: dict[str, str] = {}

    def ended(self, node: Node, outcome: Outcome) -> None:
        shown = str(outcome.error) if isinstance(outcome, Failed) else str(outcome)
        self.seen[node.name] = shown


@pytest.mark.parametrize("start", EXECUTORS.values(), ids=EXECUTORS.keys())
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # issued by the libraries
def test_values_failures_and_events_are_those_of_a_run_without_an_executor(
    flow: ModuleType, start: Callable[[], AbstractContextManager[Executor]]
) -> None:
    names = ["both", "after"]
    here, there = Ends(), Ends()
    alone, parallel = ContinueOnError(), ContinueOnError()
    driver = Builder().with_modules(flow).build()
    expected = driver.with_hooks(here, alone).execute(names, inputs={"size": 5})
    with start() as executor:
        on_executor = driver.with_executor(executor)
        assert on_executor.with_hooks(there, parallel).execute(names, inputs={"size": 5}) == expected
        assert there.seen == here.seen
        with pytest.raises(ZeroDivisionError) as caught:
            on_executor.with_hooks(Retry(delay=0)).execute(["after"], inputs={"size": 5})
    assert any("Raised in node `broken`" in note for note in caught.value.__notes__)
