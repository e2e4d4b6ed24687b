"""One quick run on a cluster in this process. `tests/engines/test_dask.py` tests clusters of processes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from headwater import Builder
from headwater.hooks import ContinueOnError

if TYPE_CHECKING:
    from distributed import Client

pytestmark = pytest.mark.native  # needs a network


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    distributed = pytest.importorskip("distributed", reason="distributed is not installed. `make engines` installs it.")
    with distributed.Client(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=":0") as client:
        yield client


def base(size: int) -> list[int]:
    return list(range(size))


def total(base: list[int], scale: float) -> float:
    return sum(base) * scale


def broken(total: float) -> float:
    return total / 0


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # issued by the libraries
def test_a_run_and_a_failure_on_a_cluster(client: Client) -> None:
    from headwater.integrations.dask import DaskExecutor

    driver = Builder().with_functions(base, total, broken).with_executor(DaskExecutor(client)).build()
    assert driver.execute(["total"], inputs={"size": 5, "scale": 0.5}) == {"total": 5.0}
    failures = ContinueOnError()
    values = driver.execute(["total", "broken"], inputs={"size": 5, "scale": 0.5}, hooks=[failures])
    assert values == {"total": 5.0}
    assert isinstance(failures.failures.errors["broken"], ZeroDivisionError)


@pytest.mark.parametrize("wrong", [None, "tcp://127.0.0.1:8786"])
def test_the_executor_needs_a_client(wrong: object) -> None:
    pytest.importorskip("distributed")
    from headwater.integrations.dask import DaskExecutor

    with pytest.raises(TypeError, match=r"^`DaskExecutor` takes a synchronous `distributed.Client`, not "):
        DaskExecutor(wrong)  # type: ignore[arg-type]
