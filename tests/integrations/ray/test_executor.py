"""One quick run on Ray. `tests/engines/test_ray.py` tests more."""

from __future__ import annotations

from types import ModuleType

import pytest

from headwater import Builder
from headwater.hooks import ContinueOnError

pytestmark = [
    pytest.mark.native,  # processes
    pytest.mark.filterwarnings("default"),  # issued by Ray
]


def base(size: int) -> list[int]:
    return list(range(size))


def total(base: list[int], scale: float) -> float:
    return sum(base) * scale


def broken(total: float) -> float:
    return total / 0


def test_a_run_and_a_failure_on_ray(ray: ModuleType) -> None:
    from headwater.integrations.ray import RayExecutor

    driver = Builder().with_functions(base, total, broken).with_executor(RayExecutor()).build()
    assert driver.execute(["total"], inputs={"size": 5, "scale": 0.5}) == {"total": 5.0}
    failures = ContinueOnError()
    values = driver.execute(["total", "broken"], inputs={"size": 5, "scale": 0.5}, hooks=[failures])
    assert values == {"total": 5.0}
    assert isinstance(failures.failures.errors["broken"], ZeroDivisionError)
