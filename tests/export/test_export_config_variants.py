"""Nodes whose decorators read the config: exported scripts, tests and projects run on their own and compute the same values."""

from __future__ import annotations

import textwrap
import warnings
from contextlib import chdir
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest

from headwater.errors import NotWritable
from headwater.export import node_test, project, script
from headwater.quality import ValidationResult

pytestmark = [
    pytest.mark.filterwarnings("ignore::headwater.errors.CheckWarning"),
    # Some config is unused, to test that exports omit it.
    pytest.mark.filterwarnings("ignore::headwater.errors.DecoratorWarning"),
    pytest.mark.filterwarnings("ignore::headwater.errors.UnusedNameWarning"),
]


class Flow(NamedTuple):
    """A dataflow with its inputs, config and overrides."""

    code: str
    config: dict[str, Any]
    inputs: dict[str, Any] = {}  # noqa: RUF012 - never changed
    overrides: dict[str, Any] = {}  # noqa: RUF012 - never changed


FLOWS = {
    "inject": Flow(
        """
        from headwater import configuration, inject
        @inject(rate=configuration("rate"))
        def total(price: float, rate: float) -> float: return price * rate
        """,
        {"rate": 2.0, "unread": 1},
        {"price": 10.0},
    ),
    "inject below a check": Flow(
        """
        from headwater import check_output, configuration, inject
        @check_output(range=(0, 100))
        @inject(rate=configuration("rate"))
        def total(price: float, rate: float) -> float: return price * rate
        """,
        {"rate": 2.0},
        {"price": 10.0},
    ),
    "inject a group": Flow(
        """
        from headwater import configuration, group, inject, source, value
        @inject(parts=group(source("price"), configuration("rate"), value(1.0)))
        def total(parts: list[float]) -> float: return sum(parts)
        def twice(total: float) -> float: return total * 2
        """,
        {"rate": 2.0},
        {"price": 10.0},
    ),
    "parameterize": Flow(
        """
        from headwater import check_output, configuration, parameterize, source
        @check_output(range=(0, 100), target_="low")
        @parameterize(low={"of": configuration("low")}, high={"of": configuration("high"), "price": source("low")})
        def bound(of: float, price: float) -> float: return of + price
        """,
        {"low": 1.0, "high": 9.0},
        {"price": 10.0},
    ),
    "resolve": Flow(
        """
        from headwater import check_output, parameterize, resolve, value
        @check_output(range=(0, 1), target_=...)
        @resolve(decorate_with=lambda days: parameterize(**{f"cost_{n}": {"n": value(n)} for n in days}))
        def cost(rate: float, n: int) -> float: return rate * n
        def all_costs(cost_7: float, cost_30: float) -> float: return cost_7 + cost_30
        """,
        {"days": [7, 30]},
        {"rate": 2.0},
    ),
    "steps that are partials": Flow(
        """
        from functools import partial
        from headwater import check_output, configuration, pipe_input, pipe_output, step
        def _scaled(x: float, by: float, more: float) -> float: return x * by + more
        class Adding:
            def __call__(self, x: float, more: float = 1.0) -> float: return x + more
        _tripled = partial(_scaled, by=3.0)
        @check_output(range=(0, 100))
        @pipe_output(step(_tripled, more=configuration("more")), step(Adding()))
        @pipe_input(step(partial(_scaled, by=2.0, more=0.5)))
        def total(price: float) -> float: return price
        """,
        {"more": 1.0},
        {"price": 10.0},
    ),
    "a partial in a subdag": Flow(
        """
        from functools import partial
        from headwater import configuration, subdag
        def _net(price: float, rate: float, tax: float) -> float: return price * rate + tax
        @subdag(partial(_net, tax=0.5), inputs={"rate": configuration("rate")})
        def total(_net: float) -> float: return _net
        """,
        {"rate": 2.0},
        {"price": 10.0},
    ),
    "resolve to a decorator that reads the config": Flow(
        """
        from headwater import check_output, configuration, inject, resolve
        def _decorator(field: str):
            return inject(price=configuration(field))
        @check_output(range=(0, 1))
        @resolve(decorate_with=_decorator)
        def total(price: float, unit: str = "kg") -> float: return price
        """,
        {"field": "net", "net": 3.0, "gross": 4.0},
    ),
    "resolve with a default": Flow(
        """
        from headwater import extract_fields, resolve
        @resolve(decorate_with=lambda names, more=("c",): extract_fields({name: int for name in (*names, *more)}))
        def parts() -> dict[str, int]: return {"a": 1, "b": 2, "c": 3}
        """,
        {"names": ["a", "b"]},
    ),
    "conditional steps": Flow(
        """
        from headwater import pipe_input, pipe_output, source, step
        FACTOR = 3.0
        def _scaled(x: float, by: float) -> float: return x * by
        def _rounded(x: float) -> float: return round(x, 1)
        def _added(x: float, more: float = FACTOR) -> float: return x + more
        @pipe_input(step(_scaled, by=2.0).when(careful=True), step(_scaled, by=0.5).when_not(careful=True))
        @pipe_output(step(_rounded).when_in(mode=["round"]), step(_added), step(_scaled, by=source("price")).when(mode="x"))
        def total(price: float) -> float: return price + 0.123
        """,
        {"careful": True, "mode": "round"},
        {"price": 10.0},
    ),
    "steps bound to the config": Flow(
        """
        from headwater import check_output, configuration, pipe_output, step, tag
        def _scaled(x: float, by: float) -> float: return x * by
        @check_output(range=(0, 1))
        @pipe_output(step(_scaled, by=configuration("factor")).named("scaled"))
        @tag(kind="sum")
        def total(price: float) -> float: return price
        def label(total: float) -> str: return f"{total}"
        """,
        {"factor": 4.0},
        {"price": 10.0},
    ),
    "mutate": Flow(
        """
        from headwater import apply_to, check_output, configuration, mutate
        @check_output(range=(0, 1))
        def price() -> float: return 10.0
        def tax() -> float: return 2.0
        @mutate(price, apply_to(tax, by=3.0).when(taxed="yes"), by=configuration("factor"))
        def _scaled(x: float, by: float) -> float: return x * by
        @mutate(price)
        def _text(x: float) -> str: return f"{x:.1f}"
        def label(price: str, tax: float) -> str: return f"{price} {tax}"
        """,
        {"factor": 4.0, "taxed": "yes"},
    ),
    "a subdag": Flow(
        """
        from headwater import configuration, exclude, subdag
        @exclude
        def net(price: float, rate: float) -> float: return price * rate
        @exclude
        def gross(net: float, tax: float = 0.5) -> float: return net + tax
        @subdag(net, gross, inputs={"rate": configuration("factor")}, config={"unit": "kg"})
        def total(gross: float) -> float: return gross
        """,
        {"factor": 4.0},
        {"price": 10.0},
    ),
    "a subdag with variants inside": Flow(
        """
        from headwater import config, configuration, exclude, subdag
        @config.when(region="us")
        def rate__us() -> float: return 2.0
        @config.when(region="de")
        def rate__de(base: float) -> float: return base
        @exclude
        def net(price: float, rate: float) -> float: return price * rate
        @subdag(rate__us, rate__de, net, config={"region": configuration("place"), "base": 3.0})
        def total(net: float) -> float: return net
        @subdag(rate__us, rate__de, net, config={"base": 3.0})
        def usual(net: float) -> float: return net
        """,
        {"place": "de", "region": "us"},
        {"price": 10.0},
    ),
    "a subdag in a subdag": Flow(
        """
        from headwater import configuration, exclude, inject, subdag
        @exclude
        @inject(rate=configuration("rate"))
        def net(price: float, rate: float) -> float: return price * rate
        @exclude
        @subdag(net)
        def inner(net: float) -> float: return net + 1
        @subdag(inner, inputs={"price": 2.0})
        def total(inner: float) -> float: return inner
        """,
        {"rate": 4.0},
    ),
    "a subdag with a value from the config": Flow(
        """
        from headwater import exclude, subdag
        @exclude
        def rate() -> float: return 2.0
        @exclude
        def net(price: float, rate: float) -> float: return price * rate
        @subdag(rate, net)
        def total(net: float) -> float: return net
        """,
        {"rate": 5.0},
        {"price": 10.0},
    ),
    "several subdags": Flow(
        """
        from headwater import configuration, exclude, parameterized_subdag, source, value
        @exclude
        def net(price: float, rate: float) -> float: return price * rate
        @parameterized_subdag(
            net,
            us={"inputs": {"price": source("amount"), "rate": configuration("us_rate")}},
            de={"inputs": {"price": value(3.0), "rate": configuration("de_rate")}},
        )
        def each(net: float) -> float: return net
        def both(us: float, de: float) -> float: return us + de
        """,
        {"us_rate": 2.0, "de_rate": 3.0},
        {"amount": 10.0},
    ),
    "subdags for the items of a config value": Flow(
        """
        from headwater import exclude, group, inject, parameterized_subdag, resolve, source, value
        @exclude
        def net(price: float) -> float: return price * 2
        @resolve(decorate_with=lambda shops: parameterized_subdag(
            net, **{f"shop_{name}": {"inputs": {"price": value(price)}} for name, price in shops.items()}))
        def each(net: float) -> float: return net
        @resolve(decorate_with=lambda shops: inject(parts=group(**{name: source(f"shop_{name}") for name in shops})))
        def everything(parts: dict[str, float]) -> dict[str, float]: return parts
        """,
        {"shops": {"us": 1.0, "de": 2.0}},
    ),
    "variants": Flow(
        """
        from headwater import check_output, config
        @config.when(region="us")
        def rate__us() -> float: return 2.0
        @check_output(range=(0, 1))
        @config.when_in(region=["de", "fr"])
        def rate__eu(base: float) -> float: return base
        @config.otherwise
        def rate() -> float: return 1.0
        @config.where(lambda region, year=2020: year > 2000)
        def total(price: float, rate: float) -> float: return price * rate
        """,
        {"region": "de", "base": 3.0},
        {"price": 10.0},
    ),
    "the fallback": Flow(
        """
        from headwater import check_output, config
        @config.when(region="us")
        def rate__us() -> float: return 2.0
        @check_output(range=(0, 0.5))
        @config.otherwise
        def rate__elsewhere() -> float: return 1.0
        """,
        {"region": "de"},
    ),
    "columns": Flow(
        """
        import pandas as pd
        from headwater import config, configuration, inject, with_columns
        def double(age: pd.Series) -> pd.Series: return age * 2
        @inject(by=configuration("factor"))
        def scaled(age: pd.Series, by: int) -> pd.Series: return age * by
        @with_columns(double, scaled, columns_to_pass=["age"], config_required=["factor"])
        def people(frame: pd.DataFrame) -> pd.DataFrame: return frame
        def frame() -> pd.DataFrame: return pd.DataFrame({"age": [1, 2]})
        def age() -> pd.Series: return pd.Series([3])
        """,
        {"factor": 3},
    ),
    "a saver": Flow(
        """
        from headwater import configuration, save_to
        @save_to.json(path=configuration("out"), output_name_="saved")
        def total(price: float) -> dict: return {"total": price}
        def text(total: dict) -> str: return str(total)
        """,
        {"out": "out.json"},
        {"price": 10.0},
    ),
    "a loader": Flow(
        """
        from headwater import configuration, load_from
        @load_from.json(path=configuration("data"))
        def total(prices: list) -> int: return sum(prices)
        """,
        {"data": "prices.json"},
    ),
    "does": Flow(
        """
        from headwater import check_output, configuration, does, inject
        def _sum(**numbers: float) -> float: return sum(numbers.values())
        @check_output(range=(0, 1))
        @inject(tax=configuration("tax"))
        @does(_sum)
        def total(price: float, tax: float) -> float: ...
        """,
        {"tax": 2.0},
        {"price": 10.0},
    ),
    "config for a node and for an input": Flow(
        """
        from headwater import check_output
        def rate() -> float: return 2.0
        @check_output(range=(0, 1))
        def total(price: float, rate: float, unit: str = "kg") -> float: return price * rate
        """,
        {"rate": 5.0, "price": 3.0},
    ),
    "an override": Flow(
        """
        from headwater import check_output, configuration, inject
        @inject(of=configuration("of"))
        def rate(of: float) -> float: return of
        @check_output(range=(0, 1))
        @inject(by=configuration("by"))
        def total(rate: float, by: float) -> float: return by * rate
        """,
        {"of": 5.0, "by": 3.0},
        {},
        {"rate": 7.0},
    ),
    "parts of a tuple": Flow(
        """
        from headwater import configuration, inject, unpack_fields
        @unpack_fields("low", "high")
        @inject(width=configuration("width"))
        def bounds(middle: float, width: float) -> tuple[float, float]: return middle - width, middle + width
        def middle(high_input: float) -> float: return high_input / 2
        def span(low: float, high: float) -> float: return high - low
        """,
        {"width": 2.0},
        {"high_input": 10.0},
    ),
    "fields with a fill value": Flow(
        """
        from headwater import configuration, extract_fields, inject
        @extract_fields({"a": int, "b": int}, fill_with=0)
        @inject(n=configuration("n"))
        def counts(n: int) -> dict[str, int]: return {"a": n}
        """,
        {"n": 3},
    ),
    "a custom loader": Flow(
        """
        import json
        from headwater import dataloader
        @dataloader()
        def prices(path: str) -> tuple[list, dict]:
            with open(path) as file:
                return json.load(file), {"path": path}
        def total(prices: list) -> int: return sum(prices)
        """,
        {"path": "prices.json"},
    ),
    "a custom saver": Flow(
        """
        from headwater import configuration, datasaver, inject
        @inject(path=configuration("path"))
        @datasaver
        def saved(total: int, path: str) -> dict:
            with open(path, "w") as file:
                file.write(str(total))
            return {"path": path}
        def total(price: int) -> int: return price
        """,
        {"path": "total.txt"},
        {"price": 3},
    ),
    "a custom check": Flow(
        """
        import headwater as hw
        LIMIT = 100
        def _is_small(value: float) -> bool: return value < LIMIT
        @hw.check_output_custom(_is_small)
        @hw.config.when_not(mode="off")
        @hw.inject(rate=hw.configuration("rate"))
        def total(price: float, rate: float) -> float: return price * rate
        """,
        {"rate": 2.0, "mode": "on"},
        {"price": 10.0},
    ),
    "tags and a schema": Flow(
        """
        import pandas as pd
        from headwater import decorators, resolve_from_config
        from headwater.decorators import configuration, schema
        @decorators.check_output(allow_none=False)
        @decorators.tag_outputs(low={"kind": "a"}, high={"kind": "b"})
        @decorators.parameterize_values("n", {"low": 1, "high": 2})
        def bound(n: int) -> int: return n
        @resolve_from_config(decorate_with=lambda columns: decorators.extract_columns(*columns))
        @schema.output(("a", "int"), target_="frame")
        def frame(low: int) -> pd.DataFrame: return pd.DataFrame({"a": [low]})
        """,
        {"columns": ["a"]},
    ),
    "values that need imports": Flow(
        """
        import datetime
        from headwater import check_output, configuration, inject
        @check_output(allow_none=False)
        @inject(day=configuration("day"))
        def year(day: datetime.date) -> int: return day.year
        """,
        {"day": __import__("datetime").date(2024, 5, 1)},
    ),
}  # fmt: skip
DATA = {"prices.json": "[1, 2, 3]"}


def same(left: Any, right: Any) -> bool:
    if isinstance(right, ValidationResult):
        return isinstance(left, ValidationResult) and (left.passes, left.message) == (right.passes, right.message)
    if isinstance(right, pd.DataFrame | pd.Series):
        return right.equals(left)
    return bool(left == right)


def printed(text: str, names: dict[str, Any]) -> Any:
    """Return the value that a script prints."""
    expression = text.rstrip().rpartition("\n    print(")[2].removesuffix(")")
    return eval(expression, names)  # noqa: S307


@pytest.fixture(params=FLOWS)
def recording(request, recorded):
    flow = FLOWS[request.param]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return recorded(
            {"flow.py": textwrap.dedent(flow.code), **DATA}, config=flow.config, inputs=flow.inputs, overrides=flow.overrides
        )


def without_times(value: Any) -> Any:
    """Return a value without the times at which files were read or written."""
    match value:
        case dict():
            return {key: without_times(part) for key, part in value.items() if key not in ("last_modified", "timestamp")}
        case tuple():
            return tuple(map(without_times, value))
        case _:
            return value


def test_the_script_of_a_node_computes_its_value(recording, run):
    assert recording.values  # noqa: PD011 - not a data frame
    for name, value in recording.values.items():  # noqa: PD011 - not a data frame
        text = script(recording, name)
        assert same(without_times(printed(text, run(text, DATA))), without_times(value)), text


def test_the_test_of_a_node_passes(recording, run):
    files = {**{f"{module}.py": text for module, text in recording.sources.items()}, **DATA}
    for name in recording.graph.nodes:
        try:
            text = node_test(recording, name)
        except NotWritable:
            continue
        tests = [test for key, test in run(text, files).items() if key.startswith("test_")]
        assert len(tests) == 1
        tests[0]()


def test_the_project_computes_its_outputs(recording, run, tmp_path: Path):
    exported = project(recording, title="Flow")
    others = {name: text for name, text in exported.files.items() if name.startswith("dataflow/")}
    names = run(exported.files["run.py"], others)
    overrides = {"overrides": names["OVERRIDES"]} if "OVERRIDES" in names else {}
    with chdir(names["DATAFLOW"]):
        values = names["build"]().execute(names["OUTPUTS"], inputs=names["INPUTS"], **overrides)
    assert list(values) == list(recording.outputs)
    for name, value in values.items():
        assert same(without_times(value), without_times(recording.value(name)))


SCRIPT = '''\
"""Compute `total_range_validator` with Headwater, because plain function calls cannot compute it."""

from headwater import Builder, check_output, configuration, inject


@check_output(range=(0, 1))
@inject(rate=configuration("rate"))
def total(price: float, rate: float) -> float:
    return price * rate


if __name__ == "__main__":
    builder = Builder().with_functions(total)
    builder = builder.with_config({"rate": 2.0})
    values = builder.build().execute(["total_range_validator"], inputs={"price": 10.0})
    print(values["total_range_validator"])
'''


def test_a_script_with_a_driver_has_the_config_that_its_functions_read_and_no_more(recorded):
    code = """
from headwater import check_output, configuration, inject


@check_output(range=(0, 1))
@inject(rate=configuration("rate"))
def total(price: float, rate: float) -> float:
    return price * rate


@inject(by=configuration("other"))
def unrelated(price: float, by: float) -> float:
    return price * by
"""
    recording = recorded(code, config={"rate": 2.0, "other": 3.0}, inputs={"price": 10.0})
    assert script(recording, "total_range_validator") == SCRIPT


def test_only_checks_stay_as_comments(recorded):
    code = """
from headwater import check_output, configuration, pipe_output, step, tag


def _scaled(x: float, by: float) -> float:
    return x * by


@tag(kind="sum")
@check_output(range=(0, 1))
@pipe_output(step(_scaled, by=configuration("factor")))
def total(price: float) -> float:
    return price
"""
    recording = recorded(code, config={"factor": 2.0}, inputs={"price": 10.0})
    text = script(recording, "total")
    assert "# The dataflow checks this value. This script does not:\n# @check_output(range=(0, 1))\ndef total" in text
    assert "tag" not in text
    assert "pipe_output" not in text


def test_config_that_cannot_be_written_is_refused(recorded):
    code = """
from headwater import check_output, configuration, inject


@check_output(allow_none=False)
@inject(of=configuration("of"))
def total(of: object) -> str:
    return str(type(of))
"""
    recording = recorded(code, config={"of": (n for n in range(3))})
    with pytest.raises(
        NotWritable, match=r"^`of` cannot be written as code: no code recreates a value of type generator: <generator object "
    ):
        script(recording, "total_allow_none_validator")
