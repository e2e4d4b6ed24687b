"""Functions, methods and other callables as outputs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from headwater import Builder, errors


@dataclass
class Unhashable:
    """A callable that is compared by its factor and is not hashable."""

    factor: int

    def __call__(self, x: int) -> int:
        return x * self.factor

    def method(self, x: int) -> int:
        return x * self.factor


@dataclass(frozen=True)
class Equal:
    """A callable that is compared by its factor and is hashable."""

    factor: int

    def __call__(self, x: int) -> int:
        return x * self.factor

    def method(self, x: int) -> int:
        return x * self.factor


def plus(scaled: int) -> int:
    return scaled + 1


CALLABLES: dict[str, Callable[[], Callable[..., Any]]] = {
    "an unhashable instance": lambda: Unhashable(3),
    "an instance with a hash": lambda: Equal(3),
    "a method": lambda: Equal(3).method,
    "a method of an unhashable instance": lambda: Unhashable(3).method,
    "a partial function": lambda: partial(times, factor=3),
}


def times(x: int, factor: int) -> int:
    return x * factor


@pytest.mark.parametrize("make", CALLABLES.values(), ids=CALLABLES.keys())
def test_other_functions_and_the_callable_itself_are_found(make: Callable[[], Callable[..., Any]]) -> None:
    scaled = make()
    inputs = {"x": 2}
    driver = Builder().with_functions(plus, scaled=scaled).build()
    for _ in range(2):
        assert driver.execute([plus, scaled], inputs=inputs) == {"plus": 7, "scaled": 6}
        assert driver.run(plus, **inputs) == 7
        assert driver.run(scaled, **inputs) == 6
    assert "plus" in [node.name for node in driver.what_is_downstream_of(scaled)]


def test_a_method_is_found_by_its_equal() -> None:
    scale = Unhashable(3)
    driver = Builder().with_functions(scaled=scale.method).build()
    assert scale.method is not scale.method
    assert driver.execute([scale.method], inputs={"x": 2}) == {"scaled": 6}
    with pytest.raises(errors.RequestError, match="is not part of this dataflow"):
        driver.execute([Unhashable(3).method], inputs={"x": 2})


@pytest.mark.parametrize("kind", [Unhashable, Equal])
def test_equal_callables_are_distinguished(kind: type[Unhashable | Equal]) -> None:
    first, second = kind(3), kind(3)
    assert first == second
    driver = Builder().with_functions(first=first, second=second).build()
    for _ in range(10):
        assert driver.execute([first], inputs={"x": 1}) == {"first": 3}
        assert driver.execute([second], inputs={"x": 2}) == {"second": 6}
    assert driver.execute([second, first], inputs={"x": 1}) == {"second": 3, "first": 3}


def test_an_unhashable_callable_of_elsewhere_is_not_part_of_the_dataflow() -> None:
    driver = Builder().with_functions(plus).build()
    with pytest.raises(errors.RequestError, match="is not part of this dataflow"):
        driver.execute([Unhashable(3)])
