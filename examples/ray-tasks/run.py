"""Run the simulation as Ray tasks on this machine: `python run.py`."""

from __future__ import annotations

import ray
import simulation

from headwater import Builder
from headwater.integrations.ray import RayExecutor


def estimate() -> float:
    """Return the estimate of pi, computed by Ray."""
    driver = Builder().with_modules(simulation).with_executor(RayExecutor()).build()
    result: float = driver.execute(["pi"])["pi"]
    return result


if __name__ == "__main__":
    with ray.init(num_cpus=2, include_dashboard=False):
        print(estimate())
