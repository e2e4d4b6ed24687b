"""The nodes to which a hook applies."""

from __future__ import annotations

from typing import Any

import pytest

from headwater import Builder, HeadwaterError, tag
from headwater.hooks import PrintNodes


@tag(source="network", stage=["raw", "daily"])
def fetched_price() -> int:
    return 1


@tag(source="file")
def fetched_rate() -> int:
    return 2


def total(fetched_price: int, fetched_rate: int) -> int:
    return fetched_price + fetched_rate


@pytest.mark.parametrize(
    ("selection", "names"),
    [
        ({}, ["fetched_price", "fetched_rate", "total"]),
        ({"name": "total"}, ["total"]),
        ({"name": "fetched_*"}, ["fetched_price", "fetched_rate"]),
        ({"tag": {"source": "network"}}, ["fetched_price"]),
        ({"tag": {"source": None}}, ["fetched_price", "fetched_rate"]),
        ({"tag": {"stage": ["daily", "weekly"]}}, ["fetched_price"]),
        ({"name": "*_rate", "tag": {"source": "network"}}, []),
    ],
)
def test_a_hook_applies_to_nodes_that_match_the_name_and_the_tags(selection: dict[str, Any], names: list[str]) -> None:
    lines: list[str] = []
    driver = Builder().with_functions(fetched_price, fetched_rate, total).build()
    driver.execute(["total"], hooks=[PrintNodes(write=lines.append, **selection)])
    assert [line.partition("(")[0] for line in lines] == names


@pytest.mark.parametrize(
    ("selection", "error", "says"),
    [
        ({"name": 3}, TypeError, "`name` must be a name or a pattern, not 3"),
        ({"tag": "raw"}, TypeError, "`tag` must be a dictionary"),
        ({"tag": {}}, TypeError, "`tag` must be a dictionary"),
        ({"tag": {"stage": 3}}, HeadwaterError, "tag `stage` must be a string, a list of strings or None, not 3"),
    ],
)
def test_an_invalid_selection_is_refused_when_the_hook_is_created(
    selection: dict[str, Any], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        PrintNodes(**selection)
