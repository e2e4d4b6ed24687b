"""Sweeps: outputs for many combinations of values, in one run."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater import Builder, Collect, Parallelizable
from headwater.errors import RequestError, SeveralErrors, UnusedNameWarning
from headwater.hooks import ContinueOnError, Observer

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.hooks import Call


def base(size: int = 2) -> int:
    return size * 100


def cost(units: int, base: int) -> float:
    return units * 2.0 + base


def tax(rate: float) -> float:
    return 1 + rate


def profit(price: float, units: int, cost: float, tax: float) -> float:
    return (price * units - cost) / tax


BUILDER = Builder().with_functions(base, cost, tax, profit)
OVER = {"units": [10, 20], "price": [30.0, 40.0, 50.0]}


class Calls(Observer):
    """Counts the calls to each function, and records the names of the nodes."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.names: list[str] = []

    def started(self, call: Call) -> None:
        self.names.append(call.node.name)
        self.counts[call.node.name.split("[")[0]] += 1


def test_a_grid_has_a_row_for_each_combination_and_the_last_name_varies_fastest() -> None:
    sweep = BUILDER.build().sweep(["profit"], over=OVER, inputs={"rate": 0.0})
    assert [(row["units"], row["price"]) for row in sweep.rows] == list(product(*OVER.values()))
    for row in sweep.rows:
        values = BUILDER.build().execute(["profit"], inputs={"rate": 0.0, "units": row["units"], "price": row["price"]})
        assert row["profit"] == values["profit"]


def test_a_zip_combines_the_values_at_the_same_position() -> None:
    sweep = BUILDER.build().sweep(["cost", "tax"], over={"units": [1, 2], "rate": [0.1, 0.2]}, mode="zip")
    assert list(sweep.rows) == [
        {"units": 1, "rate": 0.1, "cost": 202.0, "tax": 1.1},
        {"units": 2, "rate": 0.2, "cost": 204.0, "tax": 1.2},
    ]


def test_a_node_is_computed_once_for_each_combination_of_the_values_that_it_depends_on() -> None:
    calls = Calls()
    BUILDER.build().sweep(["profit"], over={**OVER, "rate": [0.1, 0.2]}, hooks=[calls])
    assert calls.counts == {"base": 1, "cost": 2, "tax": 2, "profit": 12}
    assert {"base", "cost[units=10]", "tax[rate=0.2]", "profit[units=20, price=50.0, rate=0.1]"} <= set(calls.names)


def test_a_function_can_vary_by_overrides_and_an_output_can_be_a_varied_value() -> None:
    sweep = BUILDER.build().sweep(["cost", "units"], over={"base": [0, 1]}, inputs={"units": 3})
    assert list(sweep.rows) == [{"base": 0, "cost": 6.0, "units": 3}, {"base": 1, "cost": 7.0, "units": 3}]


def test_an_overridden_node_does_not_vary_with_the_inputs_of_its_function() -> None:
    sweep = BUILDER.build().sweep(["profit"], over={"units": [10, 20], "price": [3.0]}, overrides={"cost": 5.0, "tax": 1.0})
    assert [row["profit"] for row in sweep.rows] == [25.0, 55.0]


@pytest.mark.parametrize("over", [{"cost": [5.0, 6.0], "units": [10, 20]}, {"units": [10, 20], "cost": [5.0, 6.0]}])
def test_a_node_can_vary_together_with_the_inputs_of_its_function(over: dict[str, list[Any]]) -> None:
    sweep = BUILDER.build().sweep(["profit", "cost"], over=over, inputs={"price": 3.0}, overrides={"tax": 1.0})
    assert [row["profit"] for row in sweep.rows] == [row["units"] * 3.0 - row["cost"] for row in sweep.rows]
    assert len({row["profit"] for row in sweep.rows}) == 4


def test_lists_of_a_mapped_node_can_vary_together_with_the_inputs_of_its_function() -> None:
    def item(count: int) -> Parallelizable[int]:
        return range(count)

    def scaled(item: int, factor: int) -> int:
        return item * factor

    def total(scaled: Collect[int], factor: int) -> int:
        return sum(scaled) + factor

    driver = Builder().with_functions(item, scaled, total).build()
    sweep = driver.sweep(["total"], over={"scaled": [[1, 2], [3]], "factor": [10, 20]})
    assert [row["total"] for row in sweep.rows] == [13, 23, 13, 23]
    sweep = driver.sweep(["total"], over={"factor": [10, 20]}, inputs={"count": 5}, overrides={"item": [1]})
    assert [row["total"] for row in sweep.rows] == [20, 40]


def test_values_with_the_same_or_a_long_text_are_numbered() -> None:
    calls = Calls()

    def count(items: list[int]) -> int:
        return len(items)

    lists = [list(range(100)), [*range(99), 0, 0]]
    sweep = Builder().with_functions(count).build().sweep(["count"], over={"items": lists}, hooks=[calls])
    assert [row["count"] for row in sweep.rows] == [100, 101]
    assert calls.names == ["count[items=#1]", "count[items=#2]"]


def test_an_error_names_the_combination() -> None:
    def ratio(part: float, whole: float) -> float:
        return part / whole

    driver = Builder().with_functions(ratio).build()
    with pytest.raises(ZeroDivisionError) as caught:
        driver.sweep(["ratio"], over={"whole": [1.0, 0.0]}, inputs={"part": 1.0})
    assert "`ratio[whole=0.0]`" in caught.value.__notes__[0]
    sweep = driver.sweep(["ratio"], over={"whole": [1.0, 0.0]}, inputs={"part": 1.0}, hooks=[ContinueOnError()])
    assert list(sweep.rows) == [{"whole": 1.0, "ratio": 1.0}, {"whole": 0.0}]
    assert sweep.to_pandas()["ratio"].isna().tolist() == [False, True]
    assert sweep.to_xarray()["ratio"].to_numpy().tolist()[0] == 1.0


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"over": {}}, "`over` must be a dictionary such as"),
        ({"over": [1, 2]}, r"`over` must be a dictionary such as .* not \[1, 2\]"),
        ({"over": {"units": 4}}, "`over` must have a list of values for `units`, not 4"),
        ({"over": {"units": "abc"}}, "`over` must have a list of values for `units`, not 'abc'"),
        ({"over": {"units": []}}, "`over` has no values for `units`"),
        ({"over": {4: [1]}}, "The keys of `over` must be names, not 4"),
        ({"over": {"units": [1]}, "mode": "cross"}, '`mode` must be "grid" or "zip", not \'cross\''),
        ({"over": {"units": [1, 2], "size": [1]}, "mode": "zip"}, "`units` has 2, `size` has 1"),
        ({"over": {"units": [1]}, "inputs": {"units": 2}}, "`units` is in `over`, and also in `inputs` or `overrides`"),
        ({"over": {"cost": [1.0]}, "overrides": {"cost": 2.0}}, "`cost` is in `over`, and also in `inputs` or `overrides`"),
        ({"over": {"units": [1, "many"]}}, "`units`"),
        ({"over": {"size": [1]}}, "`units`"),
    ],
)
def test_a_wrong_argument_is_refused_before_anything_runs(options: dict[str, Any], says: str) -> None:
    calls = Calls()
    with pytest.raises((RequestError, SeveralErrors), match=says):
        BUILDER.build().sweep(["cost"], hooks=[calls], **options)
    assert calls.names == []


def test_hooks_that_are_not_in_a_list_are_refused() -> None:
    with pytest.raises(TypeError, match=r"`hooks` must be a list of hooks, not .*: write `hooks=\[\.\.\.\]`"):
        BUILDER.build().sweep(["cost"], over={"units": [1]}, hooks=Calls())


def test_a_name_that_nothing_reads_is_reported_once() -> None:
    with pytest.warns(UnusedNameWarning, match="`unit` has no effect|`unit`") as warned:
        BUILDER.build().sweep(["cost"], over={"unit": [1, 2]}, inputs={"units": 1})
    assert len(warned) == 1


def test_a_sweep_becomes_a_frame_or_a_dataset() -> None:
    sweep = BUILDER.build().sweep(["cost", "tax"], over={"units": [10, 20], "rate": [0.1, 0.2, 0.3]})
    frame = sweep.to_pandas()
    assert list(frame.columns) == ["units", "rate", "cost", "tax"]
    assert len(sweep) == len(frame) == 6
    dataset = sweep.to_xarray()
    assert dict(dataset.sizes) == {"units": 2, "rate": 3}
    assert dataset["cost"].sel(units=20, rate=0.3).item() == 240.0
    zipped = BUILDER.build().sweep(["cost"], over={"units": [10, 20], "size": [1, 2]}, mode="zip").to_xarray()
    assert zipped["cost"].sel(point=1).item() == 240.0
    assert zipped["size"].to_numpy().tolist() == [1, 2]


def test_a_dataset_holds_any_values() -> None:
    def table(rows: int) -> pd.DataFrame:
        return pd.DataFrame({"row": range(rows)})

    dataset = Builder().with_functions(table).build().sweep(["table"], over={"rows": [1, 2]}).to_xarray()
    assert [len(value) for value in dataset["table"].to_numpy()] == [1, 2]


@pytest.mark.native
def test_an_executor_gives_the_same_rows() -> None:
    over = {**OVER, "rate": [0.1, 0.2]}
    with ThreadPoolExecutor(3) as pool:
        assert BUILDER.build().with_executor(pool).sweep(["profit"], over=over) == BUILDER.build().sweep(["profit"], over=over)


@pytest.mark.native
def test_a_cache_is_shared_with_other_sweeps(tmp_path: Path) -> None:
    driver = BUILDER.with_cache(tmp_path / "cache").build()
    first, second = Calls(), Calls()
    driver.sweep(["profit"], over=OVER, inputs={"rate": 0.1}, hooks=[first])
    larger = driver.sweep(["profit"], over={**OVER, "units": [10, 20, 30]}, inputs={"rate": 0.1}, hooks=[second])
    assert second.counts == {"cost": 1, "profit": 3}
    assert larger == BUILDER.build().sweep(["profit"], over={**OVER, "units": [10, 20, 30]}, inputs={"rate": 0.1})


VALUES = st.lists(st.integers(0, 3), min_size=1, max_size=3)


@given(a=VALUES, b=VALUES, c=VALUES)
def test_a_sweep_equals_separate_runs(a: list[int], b: list[int], c: list[int]) -> None:
    def left(a: int, b: int) -> int:
        return a * 10 + b

    def right(b: int, c: int = 5) -> int:
        return b * 100 + c

    def both(left: int, right: int, a: int) -> tuple[int, int, int]:
        return left, right, a

    driver = Builder().with_functions(left, right, both).build()
    sweep = driver.sweep(["both", "left"], over={"a": a, "b": b, "c": c})
    expected = [driver.execute(["both", "left"], inputs=dict(zip("abc", point, strict=True))) for point in product(a, b, c)]
    assert [{"both": row["both"], "left": row["left"]} for row in sweep.rows] == expected
