"""Materializers that refer to nodes by function or any other callable."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from headwater import Builder
from headwater.errors import MaterializerError
from headwater.io import from_, to
from headwater.results import DictResult


def total(x: int) -> int:
    return x + 1


def other(x: int) -> int:
    return x + 2


@dataclass
class Scaled:
    """A callable that has no name and is not hashable."""

    by: int

    def __call__(self, x: int) -> int:
        return x * self.by

    def method(self, x: int) -> int:
        return x * self.by


TWICE, THRICE = Scaled(2), Scaled(3)
TRIPLED = partial(lambda x: x, x=3)

CALLABLES: dict[str, Callable[..., Any]] = {
    "its own name": total,
    "another name": other,
    "an object": THRICE,
    "a method": TWICE.method,
    "a partial": partial(other),
}
VALUES = {"its own name": 2, "another name": 3, "an object": 3, "a method": 2, "a partial": 3}


def builder(function: Callable[..., Any]) -> Any:
    if function is total:
        return Builder().with_functions(total)
    return Builder().with_functions(total, function=function, object=TWICE)


@pytest.mark.parametrize("kind", CALLABLES)
def test_a_value_is_saved_by_its_function(kind: str, tmp_path: Path) -> None:
    function, path = CALLABLES[kind], tmp_path / "saved.json"
    saving = to.json(id="saved", dependencies=function, path=path)
    driver = builder(function).build()
    assert driver.materialize(saving, additional_vars=[function], inputs={"x": 1})[1] == driver.execute(
        [function], inputs={"x": 1}
    )
    assert json.loads(path.read_text()) == VALUES[kind]
    path.unlink()
    builder(function).with_materializers(saving).build().execute(["saved"], inputs={"x": 1})
    assert json.loads(path.read_text()) == VALUES[kind]


@pytest.mark.parametrize("kind", CALLABLES)
def test_a_value_is_replaced_by_its_function(kind: str, tmp_path: Path) -> None:
    function, path = CALLABLES[kind], tmp_path / "loaded.json"
    path.write_text("7")
    name = "total" if function is total else "function"
    driver = builder(function).build()
    assert driver.materialize(from_.json(target=function, path=path), additional_vars=[name])[1] == {name: 7}


def test_several_functions_are_saved_together(tmp_path: Path) -> None:
    path = tmp_path / "saved.json"
    saving = to.json(id="saved", dependencies=[total, other, THRICE], combine=DictResult(), path=path)
    driver = Builder().with_functions(total, second=other, third=THRICE).build()
    driver.materialize(saving, inputs={"x": 1})
    assert json.loads(path.read_text()) == {"total": 2, "second": 3, "third": 3}


def test_a_function_under_another_name_is_not_mistaken_for_a_node_of_its_name(tmp_path: Path) -> None:
    driver = Builder().with_functions(other=total, function=other).build()
    path = tmp_path / "saved.json"
    driver.materialize(to.json(id="saved", dependencies=other, path=path), inputs={"x": 1})
    assert json.loads(path.read_text()) == 3


def test_a_function_without_a_node_is_reported_with_its_location(tmp_path: Path) -> None:
    saving = to.json(id="saved", dependencies=other, path=tmp_path / "saved.json")
    with pytest.raises(MaterializerError) as raised:
        Builder().with_functions(total).build().materialize(saving, inputs={"x": 1})
    (place,) = raised.value.locations
    assert str(raised.value) == f"to.json for `saved` ({place}): there is no node `other`."
