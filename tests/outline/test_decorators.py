"""Decorators in source text."""

import pytest

from headwater.outline import outline


def nodes_of(source: str, config=None):
    return {node["name"]: node for node in outline({"a.py": source}, config)["nodes"]}


IMPORTS = {
    "by its name": ("from headwater import tag", "tag"),
    "under another name": ("from headwater import tag as label", "label"),
    "from the package": ("import headwater", "headwater.tag"),
    "from the package under another name": ("import headwater as hw", "hw.tag"),
    "from the decorators": ("from headwater.decorators import tag", "tag"),
    "from the decorators' module": ("from headwater.decorators.tags import tag", "tag"),
    "through the package of decorators": ("import headwater.decorators", "headwater.decorators.tag"),
    "through the package of decorators under another name": ("import headwater.decorators as m", "m.tag"),
    "from the decorators as a module": ("from headwater import decorators", "decorators.tag"),
    "from a star import": ("from headwater import *", "tag"),
    "by an assigned name": ("import headwater\nmark = headwater.tag", "mark"),
    "by several assigned names": ("import headwater\nmark = headwater.tag\nlabel = mark", "label"),
    "within try": ("try:\n    from headwater import tag\nexcept ImportError:\n    raise", "tag"),
}


@pytest.mark.parametrize(("statement", "name"), IMPORTS.values(), ids=IMPORTS)
def test_a_decorator_is_recognized_with_any_import(statement, name):
    assert nodes_of(f"{statement}\n@{name}(unit='kg')\ndef total() -> int: ...")["total"]["tags"] == {"unit": "kg"}


FOREIGN = {
    "with the same name, from elsewhere": "from labels import tag",
    "with the same name, from this module": "def _tag(**tags): return lambda function: function\ntag = _tag",
    "without an import": "",
    "the package itself": "import headwater as tag",
}


@pytest.mark.parametrize("statement", FOREIGN.values(), ids=FOREIGN)
def test_other_decorators_are_ignored(statement):
    view = outline({"a.py": f"{statement}\n@tag(unit='kg')\ndef total() -> int: ..."})
    assert [(node["name"], node["tags"]) for node in view["nodes"]] == [("total", {})]
    assert view["problems"] == []


VARIANTS = """
from headwater import config

@config.when(region="us")
def tax__us(price: float) -> float: ...

@config.when_in(region=["fr", "de"])
def tax__eu(cost: float) -> float: ...

@config.otherwise
def tax__elsewhere() -> float: ...
"""


@pytest.mark.parametrize(
    ("config", "chosen"),
    [(None, "tax__elsewhere"), ({}, "tax__elsewhere"), ({"region": "us"}, "tax__us"), ({"region": "de"}, "tax__eu")],
)
def test_config_selects_variants(config, chosen):
    assert nodes_of(VARIANTS, config)["tax"]["function"] == chosen


def test_extracted_columns_have_the_type_of_the_library_and_their_own_documentation():
    source = """
import polars as pl
from headwater import extract_columns
COLUMNS = ["age", "height"]
@extract_columns(*COLUMNS, ("weight", "in kg"))
def people() -> pl.DataFrame:
    "All of them."
"""
    nodes = nodes_of(source)
    assert {name: (node["type"], node["doc"]) for name, node in nodes.items()} == {
        "people": ("DataFrame", "All of them."),
        "age": ("Series", "All of them."),
        "height": ("Series", "All of them."),
        "weight": ("Series", "in kg"),
    }


def test_arguments_may_be_constants_of_another_module():
    files = {
        "a.py": "import settings\nfrom headwater import tag\n@tag(owner=settings.OWNER)\ndef total() -> int: ...",
        "settings.py": 'TEAM = "growth"\nOWNER = TEAM',
    }
    view = outline(files)
    assert view["nodes"][0]["tags"] == {"owner": "growth"}
    assert view["problems"] == []


def test_a_decorator_may_be_assigned_to_a_name():
    files = {
        "regions.py": "from headwater import config, tag\nRATE = 'us'\nus = config.when(region=RATE)\nkg = tag(unit='kg')",
        "a.py": "import regions\nfrom regions import us\n@us\n@regions.kg\ndef weight__us() -> int: ...",
    }
    view = outline(files, {"region": "us"})
    assert [(node["name"], node["tags"]) for node in view["nodes"]] == [("weight", {"unit": "kg"})]
    assert outline(files)["nodes"] == []
    assert view["problems"] == []


def test_arguments_may_be_any_constant_expression():
    source = """
import math
import numpy as np
from headwater import check_output, parameterize, tag, value
UNIT: str = "kg"
TAGS = {"unit": UNIT, **{"kind": "weight"}}
BOUNDS = {"weekly": {"n": value({1, 2})}}
@parameterize(**BOUNDS)
@check_output(range=(-math.inf, float("1e9")), data_type=np.float64)
@tag(**TAGS)
def weight(n: set) -> float: ...
"""
    view = outline({"a.py": source})
    assert {node["name"]: node["tags"] for node in view["nodes"]}["weekly"] == {"unit": "kg", "kind": "weight"}
    assert {node["name"]: node["doc"] for node in view["nodes"]}["weekly_data_type_validator"] == (
        "The result of the check `data_type=<class 'numpy.float64'>` for `weekly`."
    )
    assert view["problems"] == []


@pytest.mark.parametrize("name", ["tag", "does", "config.when", "config.where", "resolve", "resolve_from_config"])
def test_a_decorator_that_is_not_called_says_how_to_call_it(name):
    [problem] = outline({"a.py": f"import headwater as hw\n@hw.{name}\ndef total() -> int: ..."})["problems"]
    assert (problem["kind"], problem["severity"], problem["line"]) == ("DecoratorError", "error", 2)
    assert problem["message"] == f"@{name} on `total` (a.py:2): it takes arguments. Write `@{name}(...)`."


@pytest.mark.parametrize(
    ("decorator", "reason"),
    [
        (
            "config.where(f)",
            "@config.where calls a function, so only a run can tell whether the decorated function is included",
        ),
        ("resolve(decorate_with=f)", "@resolve calls a function, so only a run can tell what it does"),
    ],
)
def test_a_decorator_that_calls_a_function_is_a_warning(decorator, reason):
    [problem] = outline({"a.py": f"import headwater as hw\n@hw.{decorator}\ndef total() -> int: ..."})["problems"]
    assert problem["severity"] == "warning"
    assert problem["message"] == f"`total` (a.py:2): {reason}. The graph shows the plain function."


COMPUTED = {
    "a call": "@hw.tag(unit=unit())",
    "an attribute of another module": "@hw.tag(unit=os.name)",
    "a name from another module": "@hw.tag(unit=UNIT)",
    "a name that changes": "@hw.tag(unit=CHANGED)",
    "names that refer to each other": "@hw.tag(unit=CIRCLE)",
    "an f-string": '@hw.tag(unit=f"{UNIT}")',
    "spread arguments": "@hw.tag(**tags())",
    "a set as keyword arguments": "@hw.tag(**{1, 2})",
    "an unhashable key": "@hw.tag(unit={[]: 1})",
    "columns from a call": "@hw.extract_columns(*columns())",
    "a decorator that does not exist": "@hw.tga(unit=1)",
}


@pytest.mark.parametrize("decorator", COMPUTED.values(), ids=COMPUTED)
def test_computed_arguments_show_the_plain_function_with_a_warning(decorator):
    source = f"""\
import os, headwater as hw
from units import UNIT
CHANGED = "k"
CHANGED += "g"
CIRCLE = ROUND
ROUND = CIRCLE
{decorator}
def total(price: int) -> int: ...
"""
    view = outline({"a.py": source})
    assert [(node["name"], node["tags"]) for node in view["nodes"]] == [("price", {}), ("total", {})]
    [problem] = view["problems"]
    assert (problem["kind"], problem["severity"], problem["line"], problem["column"], problem["node"]) == (
        "OutlineWarning", "warning", 7, 2, "total",
    )  # fmt: skip
    assert problem["message"].startswith("`total` (a.py:7): ")
    assert problem["message"].endswith(" The graph shows the plain function.")


@pytest.mark.parametrize("condition", ["when(region=os.name)", "where(lambda region: os.name)", "where(os.isatty)"])
def test_a_variant_with_an_unknown_condition_is_shown_unless_another_is_selected(condition):
    undecided = f"import os\nfrom headwater import config\n@config.{condition}\ndef tax__a(price: int) -> int: ...\n"
    fallback = "@config.otherwise\ndef tax__b(cost: int) -> int: ...\n"
    decided = "@config.when(region=None)\ndef tax__c(value: int) -> int: ...\n"
    assert nodes_of(undecided)["tax"]["function"] == "tax__a"
    assert nodes_of(undecided + fallback)["tax"]["function"] == "tax__a"
    assert nodes_of(undecided + decided)["tax"]["function"] == "tax__c"
    [problem] = outline({"a.py": undecided + decided})["problems"]
    assert problem["severity"] == "warning"


def test_unknown_values_do_not_hide_the_nodes_of_parameterize():
    source = """
import os
from headwater import parameterize, value, source
@parameterize(a={"n": value(os.cpu_count())}, b={"n": source("a")})
def count(n: int) -> int: ...
"""
    view = outline({"a.py": source})
    assert [node["name"] for node in view["nodes"]] == ["a", "b"]
    assert view["edges"] == [{"source": "a", "target": "b", "optional": False}]
    assert view["problems"] == []


def test_an_invalid_decorator_call_is_reported_as_in_a_run():
    view = outline({"a.py": "from headwater import tag\n@tag('kg')\ndef total() -> int: ..."})
    [problem] = view["problems"]
    assert (problem["kind"], problem["severity"], problem["line"], problem["node"]) == ("DecoratorError", "error", 2, "total")
    remedy = "Write a name before each value, as in `@tag(name=value)`."
    assert problem["message"] == f"@tag on `total` (a.py:2): it takes only keyword arguments. {remedy}"


def test_the_outline_runs_no_code(monkeypatch):
    monkeypatch.delenv("RAN", raising=False)
    source = """
import os
os.environ["RAN"] = "1"
from headwater import tag
@tag(unit=os.environ.setdefault("RAN", "2"))
def total(price: int = os.environ.setdefault("RAN", "3")) -> os.environ.setdefault("RAN", "4"): ...
"""
    outline({"a.py": source})
    import os

    assert "RAN" not in os.environ


@pytest.mark.parametrize("decorator", ["subdag({})", "with_columns({})", "pipe_output(step({}))", "mutate({})", "does({})"])
@pytest.mark.parametrize("type_", ["list[int]", "int | str", "rate | price", "dict[str, list[int]]", "int"])
def test_a_type_in_the_place_of_a_function_is_a_problem(decorator: str, type_: str) -> None:
    source = f"from headwater import *\n\n\n@{decorator.format(type_)}\ndef total(price: int) -> int: ...\n"
    assert {problem["kind"] for problem in outline({"flow.py": source})["problems"]} == {"DecoratorError"}
