"""Exported scripts: plain Python computes the same value as the engine."""

from __future__ import annotations

import builtins
import importlib
from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest

from headwater.errors import NotWritable
from headwater.export import record, script


def value_of(names: Mapping[str, Any], name: str) -> Any:
    """Return the value that a script prints, taken from the script's variables."""
    return names.get(f"{name}_value", names.get(name))


SEVERAL = {
    "prices.py": '''\
from __future__ import annotations

import math
from typing import Any, Literal

from settings import RATE, LIMIT as MOST


_CURVE = 2  # used by a helper only
UNUSED = 3


def _bent(price: float) -> float:
    """Helps."""
    return math.pow(price, _CURVE)


def unrelated(price: float) -> Any:
    return price


# What a customer pays.
# In dollars.
def total(price: float, count: int = 1) -> float:
    return min(_bent(price) * (1 + RATE) * count, MOST)  # at most


def doubled(total: float, *, factor: int) -> float:
    return total * factor
''',
    "settings.py": "RATE = 0.5\nLIMIT = 1_000\nNOISE = 9\n",
}


def test_a_script_has_only_the_code_that_the_value_needs(recorded):
    recording = recorded(SEVERAL, outputs=["doubled"], inputs={"price": 3.0, "factor": 2})
    assert (
        script(recording, "doubled")
        == '''\
"""Compute `doubled`."""

from __future__ import annotations

import math

RATE = 0.5
LIMIT = 1_000
MOST = LIMIT
_CURVE = 2  # used by a helper only


def _bent(price: float) -> float:
    """Helps."""
    return math.pow(price, _CURVE)


# What a customer pays.
# In dollars.
def total(price: float, count: int = 1) -> float:
    return min(_bent(price) * (1 + RATE) * count, MOST)  # at most


def doubled(total: float, *, factor: int) -> float:
    return total * factor


if __name__ == "__main__":
    price = 3.0
    factor = 2
    total_value = total(price)
    doubled_value = doubled(total_value, factor=factor)
    print(doubled_value)
'''
    )


def test_a_script_computes_the_value_of_the_engine(recorded, run, capsys):
    recording = recorded(SEVERAL, outputs=["doubled"], inputs={"price": 3.0, "factor": 2, "count": 4})
    names = run(script(recording, "doubled"))
    assert value_of(names, "doubled") == recording.value("doubled") == 108.0
    assert capsys.readouterr().out == "108.0\n"


DECORATED = """\
import pandas as pd
from headwater import check_output, config, extract_columns, extract_fields, parameterize, source, tag, value


@tag(owner="growth")
@extract_columns("age")
def people(shift: int = 1) -> pd.DataFrame:
    return pd.DataFrame({"age": [39 + shift, 41], "name": ["a", "b"]})


@extract_fields({"low": int, "high": int})
def bounds(age: pd.Series) -> dict[str, int]:
    return {"low": int(age.min()), "high": int(age.max())}


@parameterize(
    weekly={"days": value(7)},
    monthly={"days": value(30), "rate": source("low")},
)
def cost(rate: float, days: int) -> float:
    return rate * days


@check_output(range=(0, 2000), importance="fail")
def checked(monthly: float) -> float:
    return monthly


@config.when(region="us")
def tax__us(checked: float) -> float:
    return checked * 0.08


@config.otherwise
def tax__elsewhere(checked: float) -> float:
    return checked * 0.2
"""


@pytest.mark.parametrize("name", ["age", "high", "weekly", "monthly", "checked", "checked_raw", "tax"])
def test_decorators_are_translated_to_plain_python(recorded, run, name):
    recording = recorded(DECORATED, inputs={"rate": 1.5}, config={"region": "us"})
    text = script(recording, name)
    assert "import headwater" not in text
    assert "from headwater" not in text
    computed = value_of(run(text), name)
    expected = recording.value(name)
    assert computed.equals(expected) if isinstance(expected, pd.Series) else computed == expected


def test_a_check_becomes_a_comment(recorded):
    text = script(recorded(DECORATED, inputs={"rate": 1.5}, config={"region": "us"}), "tax")
    assert "# The dataflow checks this value. This script does not:\n# @check_output(range=(0, 2000), " in text
    assert "tax__elsewhere" not in text
    assert "tax = tax__us(checked_value)" in text


def test_a_driver_computes_values_that_plain_python_cannot(recorded, run, capsys):
    recording = recorded(DECORATED, inputs={"rate": 1.5}, config={"region": "us"})
    text = script(recording, "checked_range_validator")
    names = run(text)
    assert names["values"]["checked_range_validator"] == recording.value("checked_range_validator")
    assert "Builder().with_functions(people, bounds, cost, checked)" in text
    assert "passes=True" in capsys.readouterr().out


def test_a_custom_decorator_is_kept(recorded, run):
    source = """\
import functools


def _twice(function):
    @functools.wraps(function)
    def doubled(*values):
        return 2 * function(*values)

    return doubled


@_twice
def total(price: int) -> int:
    return price
"""
    recording = recorded(source, inputs={"price": 4})
    assert value_of(run(script(recording, "total")), "total") == recording.value("total") == 8


def test_data_files_are_read_from_the_folder_of_the_script(recorded, run):
    source = """\
from pathlib import Path


def lines() -> list[str]:
    return Path(__file__).with_name("names.txt").read_text().split()
"""
    files = {"flow.py": source, "names.txt": "Ann Bo"}
    recording = recorded(files)
    assert value_of(run(script(recording, "lines"), {"names.txt": "Ann Bo"}), "lines") == ["Ann", "Bo"]


def test_an_input_does_not_shadow_names_that_functions_use(recorded, run):
    source = "def total(max: int, numbers: list) -> int:\n    return biggest(numbers) + max\n\ndef _x(): ...\n"
    source += "\ndef numbers() -> list:\n    return [1, 5]\n\nfrom builtins import max as biggest\n"
    recording = recorded(source, inputs={"max": 2})
    names = run(script(recording, "total"))
    assert value_of(names, "total") == 7
    assert names.get("max", builtins.max) is builtins.max


def test_an_overridden_value_is_a_constant(recorded, run):
    recording = recorded(DECORATED, inputs={"rate": 1.5}, config={"region": "us"}, overrides={"low": 20})
    text = script(recording, "tax")
    assert "def people" not in text
    assert value_of(run(text), "tax") == recording.value("tax") == 20 * 30 * 0.08
    by_driver = script(recording, "checked_range_validator")
    assert run(by_driver)["values"]["checked_range_validator"].passes


def test_classes_of_inputs_are_included(run, tmp_path, monkeypatch):
    source = """\
from dataclasses import dataclass


@dataclass
class Price:
    amount: int


def total(price: Price) -> int:
    return price.amount * 3
"""
    (tmp_path / "shop.py").write_text(source)
    monkeypatch.syspath_prepend(tmp_path)
    shop = importlib.import_module("shop")

    recording = record(shop, inputs={"price": shop.Price(5)})
    text = script(recording, "total")
    assert "import shop" not in text
    assert value_of(run(text), "total") == 15


def test_a_provided_frame_is_written_as_code(run, tmp_path, monkeypatch):
    (tmp_path / "shop.py").write_text(
        "import pandas as pd\n\n\ndef total(sales: pd.DataFrame) -> int:\n    return int(sales['n'].sum())\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    shop = importlib.import_module("shop")

    recording = record(shop, inputs={"sales": pd.DataFrame({"n": [1, 2]})})
    assert value_of(run(script(recording, "total")), "total") == 3
    recording = record(shop, inputs={"sales": pd.DataFrame({"n": range(9999)})})
    with pytest.raises(NotWritable, match="`sales` cannot be written as code: it is a DataFrame of 9,999 x 1 values"):
        script(recording, "total")


@pytest.mark.parametrize(
    ("prices", "message"),
    [
        (
            "import settings\n\n\ndef total(price: float) -> float:\n    return price * settings.RATE\n",
            (
                "prices.py:1 imports one of this dataflow's modules with `import`, or inside a function. A single-file script "
                "cannot do that. Import names at the top of the file: `from module import name`."
            ),
        ),
        (
            "from settings import rate\n\nRATE = 3\n\n\ndef total(rate: float) -> float:\n    return RATE * rate\n",
            (
                "`RATE` has different meanings in `settings.py` and `prices.py`, but a single-file script can have only one. "
                "Rename it in one of them."
            ),
        ),
    ],
)
def test_modules_that_do_not_fit_into_one_file_are_refused_with_a_remedy(recorded, prices, message):
    settings = "RATE = 0.5\n\n\ndef rate() -> float:\n    return RATE\n"
    options = {} if "settings import" in prices else {"inputs": {"price": 2.0}}
    with pytest.raises(NotWritable) as refused:
        script(recorded({"settings.py": settings, "prices.py": prices}, outputs=["total"], **options), "total")
    assert str(refused.value) == message


def test_several_statements_of_one_line_are_told_apart(recorded, run):
    recording = recorded("A = 1; B = 2\n\n\ndef total() -> int:\n    return B\n")
    text = script(recording, "total")
    assert "A = 1" not in text
    assert value_of(run(text), "total") == 2
