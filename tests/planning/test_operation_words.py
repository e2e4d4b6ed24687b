"""Descriptions of operations in words."""

import pytest

from headwater import (
    Builder,
    check_output,
    configuration,
    extract_fields,
    group,
    load_from,
    parameterize,
    pipe_output,
    save_to,
    source,
    step,
    subdag,
    unpack_fields,
    value,
)
from headwater.planning.operation_words import operation_in_words


def doubled(amount: float) -> float:
    return 2 * amount


@pipe_output(step(doubled), step(doubled).named("doubled_again"))
def price() -> float:
    return 10.0


@parameterize(weekly={"days": value(7)}, listed={"days": group(source("price"), value(1))})
def cost(days: object) -> float:
    return 1.0


@extract_fields({"low": float, "high": float}, fill_with=0.0)
def bounds() -> dict:
    return {}


@unpack_fields("first", "second")
def pair() -> tuple[int, int]:
    return 1, 2


@check_output(range=(0, 1), allow_nans=False, importance="fail")
def share() -> float:
    return 0.5


@subdag(doubled, inputs={"amount": configuration("amount")})
def nested(doubled: float) -> float:
    return doubled


@load_from.json(path=value("prices.json"))
@save_to.json(path=value("saved.json"), output_name_="saved")
def report(data: dict) -> dict:
    return data


FUNCTIONS = (price, cost, bounds, pair, share, nested, report)


@pytest.mark.parametrize(
    ("node", "words"),
    [
        ("price.raw", "calls price"),
        ("price.with_doubled", "calls doubled"),
        ("price", "returns price.doubled_again"),
        ("weekly", "calls cost (days=7)"),
        ("bounds", "calls bounds and fills the missing fields low, high with 0.0"),
        ("low", "takes the field low from bounds"),
        ("second", "takes the item second from pair"),
        ("share_range_validator", "checks share_raw"),
        ("share", "returns share_raw if it passes range, allow_nans"),
        ("nested.amount", "returns 3.0"),
        ("report.data.loader", "loads with JsonLoader (path='prices.json')"),
        ("report.data", "takes the data from report.data.loader"),
        ("saved", "saves with JsonSaver (path='saved.json')"),
    ],
)
def test_an_operation_is_described(node, words):
    driver = Builder().with_functions(*FUNCTIONS).with_config({"amount": 3.0}).build()
    assert operation_in_words(driver.graph[node]) == words
