"""Each row of the tables on the page about types is true."""

import itertools
import re
from pathlib import Path
from typing import Any, Never

import pytest

from headwater import Builder
from headwater.errors import IncompatibleInput, IncompatibleTypes, WrongInputType
from headwater.types.common_types import common_type

PAGE = (Path(__file__).parents[2] / "docs" / "concepts" / "types.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """Return the cells in the table below a heading, without the header row."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


@pytest.fixture(scope="module")
def names() -> dict[str, Any]:
    """Return the names that the page defines before its tables."""
    namespace: dict[str, Any] = {"__name__": "page"}
    block = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert block is not None
    exec(block[1], namespace)  # noqa: S102
    return namespace


def evaluate(cell: str, names: dict[str, Any]) -> Any:
    return eval(cell.strip("`"), names)  # noqa: S307 - the project's own page


def reader(name: str, parameter: str, type_: Any) -> Any:
    namespace: dict[str, Any] = {}
    exec(f"def {name}({parameter}): return {parameter}", namespace)  # noqa: S102
    namespace[name].__annotations__ = {parameter: type_, "return": Any}
    return namespace[name]


@pytest.mark.parametrize(("returns", "takes", "verdict", "rule"), rows("Between functions"))
def test_a_row_of_two_functions_is_true(returns, takes, verdict, rule, names):
    def value() -> Any: ...

    value.__annotations__["return"] = evaluate(returns, names)
    builder = Builder().with_functions(value, reader("read", "value", evaluate(takes, names)))
    if verdict == "fits":
        builder.build()
    else:
        assert verdict == "does not fit"
        with pytest.raises(IncompatibleTypes):
            builder.build()


@pytest.mark.parametrize(("value", "annotation", "verdict", "rule"), rows("Values"))
def test_a_row_of_values_is_true(value, annotation, verdict, rule, names):
    driver = Builder().with_functions(reader("read", "value", evaluate(annotation, names))).build()
    input_value = evaluate(value, names)
    if verdict == "fits":
        assert driver.execute(["read"], inputs={"value": input_value})["read"] is input_value
    else:
        assert verdict == "does not fit"
        with pytest.raises(WrongInputType):
            driver.execute(["read"], inputs={"value": input_value})


@pytest.mark.parametrize(("types", "agreed", "rule"), rows("Inputs used by several functions"))
def test_a_row_of_an_input_is_true(types, agreed, rule, names):
    requested_types = [evaluate(cell, names) for cell in types.split("`, `")]
    expected = Never if agreed == "an error" else evaluate(agreed, names)
    for ordered in itertools.permutations(requested_types):
        assert common_type(ordered) == expected or expected is Never
        readers = [reader(f"reader_{number}", "value", type_) for number, type_ in enumerate(ordered)]
        if expected is Never:
            with pytest.raises(IncompatibleInput):
                Builder().with_functions(*readers).build()
        else:
            assert Builder().with_functions(*readers).build().graph["value"].type == expected


def test_each_table_has_its_rows():
    headings = ["Between functions", "Values", "Inputs used by several functions"]
    assert [heading for heading in headings if len(rows(heading)) > 5] == headings
