"""Calls to standard classes with constant arguments."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from headwater.outline import outline
from headwater.outline.constant_values import UnknownValue
from headwater.outline.standard_values import call_standard, is_standard_call

CALLS = [
    ("datetime.date", [2026, 3, 10], {}, dt.date(2026, 3, 10)),
    ("datetime.date.fromisoformat", ["2026-03-10"], {}, dt.date(2026, 3, 10)),
    ("datetime.timedelta", [], {"hours": 2}, dt.timedelta(hours=2)),
    ("decimal.Decimal", ["1.5"], {}, Decimal("1.5")),
    ("fractions.Fraction", [1, 3], {}, Fraction(1, 3)),
    ("pathlib.Path", ["a", "b"], {}, Path("a/b")),
]


@pytest.mark.parametrize(("name", "arguments", "keywords", "value"), CALLS, ids=[name for name, *_ in CALLS])
def test_a_call_returns_the_value_of_the_class(name, arguments, keywords, value):
    assert is_standard_call(name)
    assert call_standard(name, arguments, keywords) == value


REFUSED = [
    ("datetime.date", [2026, 13, 1]),
    ("decimal.Decimal", ["one"]),
    ("pathlib.Path", [["a"]]),
    ("fractions.Fraction", ["1e999999999"]),
]


@pytest.mark.parametrize(("name", "arguments"), REFUSED, ids=[name for name, _ in REFUSED])
def test_an_invalid_or_expensive_call_has_no_known_value(name, arguments):
    with pytest.raises(UnknownValue):
        call_standard(name, arguments, {})


@pytest.mark.parametrize("name", ["datetime.date.today", "pathlib.Path.cwd", "os.getcwd", "date"])
def test_calls_that_depend_on_more_than_their_arguments_are_not_made(name):
    assert not is_standard_call(name)


def test_a_module_of_the_dataflow_hides_a_standard_module():
    files = {
        "decimal.py": "class Decimal: ...\n",
        "a.py": "from decimal import Decimal\ndef f(x: Decimal = Decimal(1)) -> int: ...\n",
    }
    assert [node["type"] for node in outline(files)["nodes"]] == ["Decimal = Decimal(1)", "int"]


def test_a_decorator_may_compare_config_with_a_date():
    source = (
        "from datetime import date\nimport headwater as hw\n"
        "@hw.config.when(day=date(2026, 3, 10))\ndef rate__then() -> int: ...\n"
        "@hw.config.when_not(day=date(2026, 3, 10))\ndef rate__else() -> int: ...\n"
    )
    view = outline({"a.py": source}, {"day": dt.date(2026, 3, 10)})
    assert [node["function"] for node in view["nodes"] if node["name"] == "rate"] == ["rate__then"]
