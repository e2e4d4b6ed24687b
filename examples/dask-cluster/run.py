"""Run the simulation on a local Dask cluster: `python run.py`. To use a remote cluster, pass its address to `Client`."""

from __future__ import annotations

import simulation
from distributed import Client

from headwater import Builder
from headwater.integrations.dask import DaskExecutor


def estimate(client: Client) -> float:
    """Return the estimate of pi, computed by the workers of a cluster."""
    driver = Builder().with_modules(simulation).with_executor(DaskExecutor(client)).build()
    result: float = driver.execute(["pi"])["pi"]
    return result


if __name__ == "__main__":
    with Client(n_workers=2, threads_per_worker=1, dashboard_address=":0") as client:
        print(estimate(client))
