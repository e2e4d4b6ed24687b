"""The types that type checkers infer for results. This file is never run: in `make check`, mypy and pyright check it."""

import asyncio
from typing import Any, assert_type

import pandas as pd

from headwater import (
    AsyncDriver,
    Builder,
    Driver,
    Node,
    check_output,
    check_output_custom,
    config,
    dataloader,
    load_from,
    parameterize,
    save_to,
    source,
    tag,
    value,
)
from headwater.hooks import AsyncProceed, Call, CallSteps, Observer, Outcome, Timeout
from headwater.integrations.pandas import DataFrameResult
from headwater.io import from_, to
from headwater.quality import ValidationResult, checks


def price() -> int:
    return 3


@config.when(region="eu")
@check_output(range=(0, 1))
@tag(owner="taxes")
def rate() -> float:
    return 0.2


def is_even(number: int) -> bool:
    return number % 2 == 0


async def is_known(number: int) -> ValidationResult:
    return ValidationResult(number < 3, f"{number} is looked up.")


@check_output_custom(is_even, is_known, importance="fail")
def count(price: int) -> int:
    return price


@parameterize(doubled={"factor": value(2)})
def scaled(price: int, factor: int) -> int:
    return price * factor


builder = Builder().with_functions(price, rate, scaled)
driver = builder.build()

assert_type(driver, Driver[dict[str, Any]])
assert_type(driver.execute(["price", rate]), dict[str, Any])
assert_type(driver.run(price), int)
assert_type(driver.run(rate, price=2), float)
assert_type(scaled(3, 4), int)
assert_type(builder.with_result_builder(DataFrameResult()).build().execute([price]), pd.DataFrame)
assert_type(driver.run(count, price=2), int)
async_driver = builder.build_async(concurrency=2)
assert_type(async_driver, AsyncDriver[dict[str, Any]])


async def fetched(price: int) -> str:
    assert_type(await async_driver.execute(["price", rate]), dict[str, Any])
    assert_type(await async_driver.run(rate), float)
    assert_type(await async_driver.run(fetched, price=2), str)
    return str(price)


class Listening(Observer):
    async def started(self, call: Call) -> None:
        await asyncio.sleep(0)

    def ended(self, node: Node, outcome: Outcome) -> None: ...


class Generating:
    def around_call(self, call: Call) -> CallSteps:
        return (yield call)


class Awaiting:
    async def around(self, call: Call, proceed: AsyncProceed) -> Any:
        return await proceed(call)


assert_type(builder.with_hooks(Listening(), Generating(), Awaiting(), Timeout(1)), Builder[dict[str, Any]])
rule = checks(is_even, range=(0, 1), importance="fail").where(name="*", type=float, tag={"stage": "raw"})
assert_type(builder.with_result_builder(DataFrameResult()).with_checks(rule).build().execute([price]), pd.DataFrame)


@save_to.json(path="mean.json", output_name_="saved")
@load_from.csv(path=source("where"), inject_="frame")
def mean(frame: pd.DataFrame, digits: int = 2) -> float:
    return round(float(frame["price"].mean()), digits)


@dataloader()
def loaded() -> tuple[int, dict[str, Any]]:
    return 3, {}


@dataloader
def loaded_too(price: int) -> tuple[int, dict[str, Any]]:
    return price, {}


assert_type(mean(pd.DataFrame(), 1), float)
assert_type(loaded(), tuple[int, dict[str, Any]])
assert_type(loaded_too(1), tuple[int, dict[str, Any]])
materialized = driver.materialize(to.json(id="a", dependencies=[price], path="a"), from_.json(target="rate", path="b"))
assert_type(materialized, tuple[dict[str, Any], dict[str, Any]])
