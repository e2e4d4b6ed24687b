"""Runs on a Dask cluster of worker processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from headwater import Builder

if TYPE_CHECKING:
    from distributed import Client


@pytest.fixture(scope="module")
def client(library: Callable[[str], ModuleType]) -> Iterator[Client]:
    distributed = library("distributed")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def test_the_clients_executor_calls_functions_in_worker_processes(client: Client) -> None:
    import os

    def process() -> int:
        return os.getpid()

    driver = Builder().with_functions(process).with_executor(client.get_executor()).build()
    assert driver.execute(["process"])["process"] in client.run(os.getpid).values()
