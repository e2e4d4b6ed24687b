"""MLflow runs, recorded by the real library in a local file store."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Any

import pytest

from headwater import Builder

os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
mlflow = pytest.importorskip("mlflow")

from headwater.integrations.mlflow import MLflowRuns  # noqa: E402 - telemetry must be disabled before the import

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.native


def total(price: float, count: int = 2, label: str = "") -> float:
    return price * count


def text(total: float) -> str:
    return f"{total} euros"


def broken(total: float) -> float:
    raise ValueError("too much")


BUILDER = Builder().with_functions(total, text, broken)


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Record runs in a file store.

    Set the experiment in the environment, because `set_experiment` would also affect later tests.
    """
    monkeypatch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")
    monkeypatch.setenv("MLFLOW_EXPERIMENT_NAME", "prices")
    before = mlflow.get_tracking_uri()
    mlflow.set_tracking_uri(tmp_path.as_uri())
    yield
    mlflow.set_tracking_uri(before)


def runs() -> list[Any]:
    return list(mlflow.MlflowClient().search_runs([mlflow.get_experiment_by_name("prices").experiment_id]))


def test_a_run_has_its_inputs_as_parameters_and_its_numbers_as_metrics() -> None:
    hook = MLflowRuns("first", tags={"stage": "test"})
    BUILDER.build().execute(["total", "text"], inputs={"price": 5.0, "label": "x" * 9_999}, hooks=[hook])
    (run,) = runs()
    assert (run.info.run_name, run.info.status) == ("first", "FINISHED")
    assert run.data.params == {"price": "5.0"}
    assert run.data.metrics["total"] == 10.0
    assert set(run.data.metrics) == {"total", "seconds.total", "seconds.text"}
    assert run.data.tags["stage"] == "test"
    assert len(run.data.tags["headwater.run.id"]) == 32


def test_a_failed_run_is_failed() -> None:
    with pytest.raises(ValueError, match="too much"):
        BUILDER.build().execute(["broken"], inputs={"price": 5.0}, hooks=[MLflowRuns()])
    (run,) = runs()
    assert run.info.status == "FAILED"
    assert set(run.data.metrics) == {"seconds.total", "seconds.broken"}
    assert mlflow.active_run() is None


def test_an_interrupted_run_is_killed() -> None:
    def stops() -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Builder().with_functions(stops).build().execute(["stops"], hooks=[MLflowRuns()])
    assert [run.info.status for run in runs()] == ["KILLED"]


def test_functions_can_log_to_the_run() -> None:
    def trained() -> int:
        mlflow.log_metric("loss", 0.5)
        return 1

    Builder().with_functions(trained).build().execute(["trained"], hooks=[MLflowRuns()])
    (run,) = runs()
    assert run.data.metrics["loss"] == 0.5


def test_a_run_inside_an_active_run_is_nested() -> None:
    with mlflow.start_run() as parent:
        BUILDER.build().execute(["total"], inputs={"price": 5.0}, hooks=[MLflowRuns()])
        assert mlflow.active_run().info.run_id == parent.info.run_id
    nested = [run for run in runs() if run.info.run_id != parent.info.run_id]
    assert [run.data.tags["mlflow.parentRunId"] for run in nested] == [parent.info.run_id]


def test_runs_that_overlap_in_an_event_loop_are_separate() -> None:
    gates: list[asyncio.Barrier] = []

    async def doubled(price: float) -> float:
        await gates[0].wait()
        if price:  # the run with the price 0 ends last, although it started first
            return price * 2
        await gates[1].wait()
        raise ValueError(price)

    async def opened() -> None:
        await gates[1].wait()

    driver = Builder().with_functions(doubled).with_hooks(MLflowRuns("shop")).build_async()

    async def main() -> list[Any]:
        gates[:] = [asyncio.Barrier(2), asyncio.Barrier(2)]
        first = asyncio.ensure_future(driver.execute(["doubled"], inputs={"price": 0.0}))
        await driver.execute(["doubled"], inputs={"price": 2.0})
        assert mlflow.active_run() is None
        await opened()
        return await asyncio.gather(first, return_exceptions=True)

    (error,) = asyncio.run(main())
    assert isinstance(error, ValueError)
    recorded = {run.data.params["price"]: run for run in runs()}
    assert {price: run.info.status for price, run in recorded.items()} == {"0.0": "FAILED", "2.0": "FINISHED"}
    assert recorded["2.0"].data.metrics["doubled"] == 4.0
    assert "doubled" not in recorded["0.0"].data.metrics


def test_many_parameters_are_sent_in_batches() -> None:
    names = [f"input_{number}" for number in range(150)]
    source = f"def summed({', '.join(f'{name}: int' for name in names)}) -> int:\n    return {' + '.join(names)}"
    namespace: dict[str, Any] = {}
    exec(source, namespace)  # noqa: S102 - the test's own code
    driver = Builder().with_functions(namespace["summed"]).build()
    driver.execute(["summed"], inputs=dict.fromkeys(names, 1), hooks=[MLflowRuns()])
    assert len(runs()[0].data.params) == 150


@pytest.mark.posix
def test_a_server_that_cannot_be_reached_does_not_affect_the_run() -> None:
    from headwater.errors import HookWarning

    mlflow.set_tracking_uri("file:///dev/null/nowhere")
    with pytest.warns(HookWarning, match=r"`MLflowRuns\.run_started`"):
        assert BUILDER.build().execute(["total"], inputs={"price": 5.0}, hooks=[MLflowRuns()]) == {"total": 10.0}
