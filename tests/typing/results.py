"""What type checkers know of results. Nobody runs this file: `make check` has mypy and pyright read it."""

from typing import Any, assert_type

import pandas as pd

from headwater import Builder, Driver, check_output, config, parameterize, tag, value
from headwater.integrations.pandas import DataFrameResult


def price() -> int:
    return 3


@config.when(region="eu")
@check_output(range=(0, 1))
@tag(owner="taxes")
def rate() -> float:
    return 0.2


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
