"""Tests of the simulation, with and without a cluster in this process."""

import simulation
from distributed import Client
from run import estimate

from headwater import Builder


def test_the_cluster_computes_the_same_as_this_process() -> None:
    with Client(processes=False, n_workers=1, threads_per_worker=2, dashboard_address=None) as client:
        assert estimate(client) == Builder().with_modules(simulation).build().execute(["pi"])["pi"] == 3.137
