"""Functions that another process cannot import by name are sent by value. If that fails, the error names a remedy."""

from __future__ import annotations

import copy
import pickle
import re
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from headwater import Builder, check_output_custom, does, pipe_output, step
from headwater.graph.operation import FunctionCall
from headwater.hooks import Policy

if TYPE_CHECKING:
    from collections.abc import Callable

    from headwater import Driver


def made_here() -> dict[str, Callable[..., Any]]:
    """Functions that exist only in this call. Each depends on a local variable of this function."""
    factor = 3

    def scaled(width: int) -> int:
        return width * factor

    def summed(**values: int) -> int:
        return sum(values.values()) * factor

    def is_large(value: int) -> bool:
        return value > factor

    @does(summed)
    def replaced(width: int, height: int) -> int:  # type: ignore[empty-body]
        ...

    def raised(value: int) -> int:
        return value + factor

    @pipe_output(step(raised))
    def piped(width: int) -> int:
        return width

    @check_output_custom(is_large)
    def checked(width: int) -> int:
        return width * 2

    def product(width: int, by: int) -> int:
        return width * by * factor

    return {"partial": partial(product, by=2), "scaled": scaled, "replaced": replaced, "piped": piped, "checked": checked}


EXPECTED = {"partial": 12, "scaled": 6, "replaced": 15, "piped": 5, "checked": 4}
INPUTS = {"width": 2, "height": 3}


def driver_of(name: str, policy: Policy | None = None) -> Driver[dict[str, Any]]:
    builder = Builder().with_functions(**{name: made_here()[name]})
    return (builder if policy is None else builder.with_policy(policy)).build()


def value_of(driver: Driver[dict[str, Any]], name: str) -> object:
    needed = {node.name for node in driver.graph if node.kind == "input"}
    return driver.execute([name], inputs={key: value for key, value in INPUTS.items() if key in needed})[name]


@pytest.fixture
def without_cloudpickle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cloudpickle", None)
    monkeypatch.delitem(sys.modules, "headwater.integrations.cloudpickle.functions", raising=False)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_driver_with_local_functions_is_pickled_by_value(name: str) -> None:
    pytest.importorskip("cloudpickle")
    sent = pickle.loads(pickle.dumps(driver_of(name)))  # noqa: S301 - the test's own data
    assert value_of(sent, name) == EXPECTED[name]


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.usefixtures("without_cloudpickle")
def test_a_driver_with_local_functions_is_copied_without_cloudpickle(name: str) -> None:
    driver = driver_of(name)
    assert value_of(copy.copy(driver), name) == EXPECTED[name]
    assert value_of(copy.deepcopy(driver), name) == EXPECTED[name]
    node = driver.graph[name]
    assert copy.copy(node).function is copy.deepcopy(node).function is node.function


@pytest.mark.native  # starts another Python
@pytest.mark.parametrize("name", EXPECTED)
def test_local_functions_run_in_another_process(name: str) -> None:
    import multiprocessing  # Python in the browser has no processes
    from concurrent.futures import ProcessPoolExecutor

    pytest.importorskip("cloudpickle")
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert value_of(driver_of(name, Policy(executor=pool)), name) == EXPECTED[name]


@pytest.mark.usefixtures("without_cloudpickle")
def test_without_cloudpickle_an_error_says_which_function_to_move() -> None:
    with pytest.raises(pickle.PicklingError) as error:
        pickle.dumps(driver_of("scaled"))
    assert re.sub(r"\(.*?\)", "(flow.py:3)", str(error.value)) == (
        "`scaled` (flow.py:3) cannot be sent to another process, because `made_here.<locals>.scaled` cannot be imported from "
        f'`{__name__}`. Define it at the top level of a module, or run `pip install "headwater[cloudpickle]"`.'
    )


@pytest.mark.usefixtures("without_cloudpickle")
def test_without_cloudpickle_the_function_of_a_partial_is_named() -> None:
    with pytest.raises(pickle.PicklingError, match=r"^`product` "):
        pickle.dumps(driver_of("partial"))


@pytest.mark.usefixtures("without_cloudpickle")
def test_without_cloudpickle_an_error_says_where_a_lambda_is() -> None:
    with pytest.raises(pickle.PicklingError) as error:
        pickle.dumps(FunctionCall(lambda: 1))
    assert re.sub(r"\(.*?\)", "(flow.py:3)", str(error.value)) == (
        "A lambda (flow.py:3) cannot be sent to another process. Define it with `def` in a module, or run "
        '`pip install "headwater[cloudpickle]"`.'
    )
