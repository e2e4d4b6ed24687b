"""Tests of the simulation, with Ray on this machine."""

import ray
import simulation
from run import estimate

from headwater import Builder


def test_ray_computes_the_same_as_this_process() -> None:
    with ray.init(num_cpus=2, include_dashboard=False):
        assert estimate() == Builder().with_modules(simulation).build().execute(["pi"])["pi"] == 3.137
