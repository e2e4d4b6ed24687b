"""An exported test passes for the code that ran and fails for other code."""

from __future__ import annotations

from typing import Any

import pytest

from headwater.errors import NotWritable, UnknownNode
from headwater.export import DataFiles, node_test

PLAIN = """\
import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    NEW = "new"


@dataclass(frozen=True)
class Price:
    amount: Decimal
    kind: Kind


class Point(NamedTuple):
    x: float
    y: float


def source() -> VALUE_TYPE:
    return VALUE


def made(source: VALUE_TYPE) -> VALUE_TYPE:
    return source
"""
"""`made` receives a value and returns it."""

VALUES = [
    ("int", "7"),
    ("float", "0.1 + 0.2"),
    ("float", "float('nan')"),
    ("float", "float('-inf')"),
    ("bool", "True"),
    ("None", "None"),
    ("str", "'a \"quoted\" one, it\\'s\\nlong'"),
    ("bytes", "b'raw'"),
    ("complex", "1.5 - 2j"),
    ("list", "[1, [2.5, None], ()]"),
    ("dict", "{'rate': 0.5, (1, 2): {'deep': [float('nan')]}}"),
    ("set", "{3, 1, 2}"),
    ("frozenset", "frozenset({'b', 'a'})"),
    ("tuple", "(1,)"),
    ("datetime.date", "datetime.date(2026, 3, 1)"),
    ("datetime.datetime", "datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.timezone.utc)"),
    ("Decimal", "Decimal('1.10')"),
    ("Kind", "Kind.NEW"),
    ("Price", "Price(Decimal('9.90'), Kind.NEW)"),
    ("Point", "Point(1.0, 2.5)"),
    ("range", "range(2, 9, 3)"),
]


def exported_tests(names: dict[str, Any]) -> list[Any]:
    return [value for name, value in names.items() if name.startswith("test_")]


@pytest.mark.parametrize(("type_", "value"), VALUES)
def test_a_builtin_value_is_written_as_argument_and_result(recorded, run, type_, value):
    source = PLAIN.replace("VALUE_TYPE", type_).replace("VALUE", value)
    text = node_test(recorded(source), "made")
    (test,) = exported_tests(run(text, {"flow.py": source}))
    test()
    other = source.replace("return source", "return 'something else'")
    (test,) = exported_tests(run(text, {"flow.py": other}))
    with pytest.raises(AssertionError):
        test()


def test_a_test_reads_as_if_written_by_hand(recorded):
    source = "def total(price: int, rate: float = 0.5) -> float:\n    return price * (1 + rate)\n"
    assert (
        node_test(recorded(source, inputs={"price": 10}), "total")
        == '''\
"""Test `total` with the arguments and the result of one run."""

import pytest

from flow import total


def test_total() -> None:
    result = total(price=10)
    assert result == pytest.approx(15.0)
'''
    )


def test_a_provided_parameter_is_in_the_call(recorded):
    source = "def total(price: int, *, rate: float = 0.5) -> float:\n    return price * (1 + rate)\n"
    assert "total(price=10, rate=1.0)" in node_test(recorded(source, inputs={"price": 10, "rate": 1.0}), "total")


FRAMES = """\
import numpy as np
import pandas as pd

DAYS = pd.date_range("2026-01-01", periods=3, freq="D", name="day")


def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "price": [1.5, None, 3.0],
            "count": [1, 2, 3],
            "small": pd.array([1, 2, 3], dtype="int8"),
            "maybe": pd.array([1, None, 3], dtype="Int64"),
            "when": pd.to_datetime(["2026-01-01 12:30", None, "2026-01-03 00:00"]),
            "zone": pd.to_datetime(["2026-01-01", "2026-01-02", "2026-01-03"]).tz_localize("Europe/Berlin"),
            "long": pd.to_timedelta(["1 day", "2 days", None]),
            "kind": pd.Categorical(["a", "b", "a"], categories=["b", "a"], ordered=True),
            "text": ["x", None, "it's"],
            "good": [True, False, True],
        },
        index=DAYS,
    )


def price(frame: pd.DataFrame) -> pd.Series:
    return frame["price"]


def levels(frame: pd.DataFrame) -> pd.Series:
    return frame.groupby(["kind", "count"], observed=True)["price"].sum()


def wide(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[["price", "count"]].T


def numbers(frame: pd.DataFrame) -> np.ndarray:
    return frame["count"].to_numpy() / 2


def grid(numbers: np.ndarray) -> np.ndarray:
    return np.outer(numbers, numbers) > 1


def largest(numbers: np.ndarray) -> np.float64:
    return numbers.max()


def labels(frame: pd.DataFrame) -> pd.Index:
    return frame.columns


def when(frame: pd.DataFrame) -> pd.Timestamp:
    return frame["when"].iloc[0]
"""


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("frame", '"small": pd.array([1, 2, 3], dtype="int8")', '"small": [1, 2, 3]'),
        ("frame", 'name="day"', 'name="date"'),
        ("frame", '"2026-01-01 12:30"', '"2026-01-01 12:31"'),
        ("price", 'frame["price"]', 'frame["price"].rename("cost")'),
        ("levels", ".sum()", ".mean() * 2"),
        ("wide", ".T\n", ".T * 2\n"),
        ("numbers", "/ 2", "/ 2.1"),
        ("grid", "> 1", "> 2"),
        ("largest", ".max()", ".min()"),
        ("labels", "frame.columns", "frame.columns[1:]"),
        ("when", 'frame["when"].iloc[0]', 'frame["when"].iloc[2]'),
    ],
)
def test_values_of_pandas_and_numpy_are_written_with_their_types_and_labels(recorded, run, name, before, after):
    text = node_test(recorded(FRAMES), name)
    (test,) = exported_tests(run(text, {"flow.py": FRAMES}))
    test()
    assert before in FRAMES
    (test,) = exported_tests(run(text, {"flow.py": FRAMES.replace(before, after)}))
    with pytest.raises(AssertionError):
        test()


@pytest.mark.parametrize(
    "value",
    [
        "np.datetime64('2026-01-01T12:30', 'm')",
        "np.timedelta64(90, 's')",
        "np.timedelta64('NaT', 's')",
        "np.int8(-3)",
        "np.float32('nan')",
        "np.str_('a')",
        "np.bool_(True)",
        "pd.Timestamp('2026-01-01 12:30', tz='Europe/Berlin')",
        "pd.Timedelta('1 day 2h')",
        "pd.Period('2026-01', freq='M')",
    ],
)
def test_a_single_value_of_a_library_is_written_with_its_type(recorded, run, value):
    source = f"import numpy as np\nimport pandas as pd\nfrom typing import Any\n\n\ndef source() -> Any:\n    return {value}\n"
    source += "\n\ndef same(source: Any) -> bool:\n    return type(source) is type(again()) and repr(source) == repr(again())\n"
    source += f"\n\nagain = lambda: {value}\n"
    (test,) = exported_tests(run(node_test(recorded(source), "same"), {"flow.py": source}))
    test()


def test_a_long_frame_is_checked_completely(recorded, run):
    source = "import pandas as pd\ndef many() -> pd.DataFrame:\n    return pd.DataFrame({'a': range(5000)})\n"
    files = DataFiles("many_data")
    text = node_test(recorded(source), "many", files)
    assert len(text) < 1_000
    data = {f"many_data/{name}": content for name, content in files.texts.items()}
    (test,) = exported_tests(run(text, {"flow.py": source, **data}))
    test()
    for before, after in [("range(5000)", "range(5001)"), ("range(5000)", "[*range(4999), 5000]")]:
        (test,) = exported_tests(run(text, {"flow.py": source.replace(before, after), **data}))
        with pytest.raises(AssertionError):
            test()


DECORATED = """\
import pandas as pd
from headwater import check_output, config, extract_columns, extract_fields, parameterize, source, value


@extract_columns("age")
def people(shift: int = 1) -> pd.DataFrame:
    return pd.DataFrame({"age": [39 + shift, 41], "name": ["a", "b"]})


@extract_fields({"low": int, "high": int})
def bounds(age: pd.Series) -> dict[str, int]:
    return {"low": int(age.min()), "high": int(age.max())}


@parameterize(weekly={"days": value(7)}, monthly={"days": value(30), "rate": source("low")})
def cost(rate: float, days: int) -> float:
    return rate * days


@check_output(range=(0, 1000))
def checked(weekly: float) -> float:
    return weekly


@config.when(region="us")
def tax__us(weekly: float) -> float:
    return weekly * 0.08
"""


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("age", 'people()["age"]'),
        ("high", 'bounds(age=pd.Series([40, 41], name="age"))["high"]'),
        ("weekly", "cost(rate=1.5, days=7)"),
        ("monthly", "cost(rate=40, days=30)"),
        ("checked", "checked(weekly=10.5)"),
        ("tax", "tax__us(weekly=10.5)"),
    ],
)
def test_a_decorators_node_is_tested_through_the_function_below_it(recorded, run, name, called):
    text = node_test(recorded(DECORATED, inputs={"rate": 1.5}, config={"region": "us"}), name)
    assert called in text
    (test,) = exported_tests(run(text, {"flow.py": DECORATED}))
    test()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("rate", "`rate` is an input, so it has no function to test."),
        (
            "checked_range_validator",
            "`checked_range_validator` is computed by a decorator, so there is no function that a test can call.",
        ),
    ],
)
def test_a_node_without_a_function_of_the_user_is_refused(recorded, name, message):
    recording = recorded(DECORATED, inputs={"rate": 1.5}, config={"region": "us"})
    with pytest.raises(NotWritable) as refused:
        node_test(recording, name)
    assert str(refused.value) == message


@pytest.mark.parametrize("name", ["day", "doubled"])
def test_a_node_with_a_value_for_each_element_is_refused(recorded, name):
    flow = """\
from headwater import Parallelizable


def day() -> Parallelizable[int]:
    return [1, 2]


def doubled(day: int) -> int:
    return day * 2
"""
    with pytest.raises(NotWritable) as refused:
        node_test(recorded(flow), name)
    assert str(refused.value) == (f"`{name}` has a value for each element of a list, which exported tests do not support.")


HARD = """\
import pandas as pd


class Model:
    def __repr__(self) -> str:
        return "Model(0.5)"


def model() -> Model:
    return Model()


def score(model: Model) -> float:
    return 0.5


def long() -> list:
    return list(range(100_000))


def large() -> pd.DataFrame:
    return pd.DataFrame({"a": range(5000)})


def size(large: pd.DataFrame) -> int:
    return len(large)


def mixed() -> list:
    return [pd.Series([1]), Model()]


def lines() -> iter:
    return iter([1])
"""


SPLIT = "Move the tested code into a function that takes and returns numbers, strings, tables or arrays."
FILES = "Pass `files` to write it to a file next to the test."


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("model", f"`model` cannot be written as code: no code recreates a value of type Model: Model(0.5). {SPLIT}"),
        ("score", f"`model` cannot be written as code: no code recreates a value of type Model: Model(0.5). {SPLIT}"),
        (
            "long",
            f"`long` cannot be written as code: it has more than 1,000 values. {FILES}",
        ),
        (
            "size",
            (
                "`large` cannot be written as code: it is a DataFrame of 5,000 x 1 values, and the limit for "
                f"code is 1,000. {FILES}"
            ),
        ),
        ("mixed", f"`mixed` cannot be written as code: no code recreates a value of type Model: Model(0.5). {SPLIT}"),
    ],
)
def test_a_value_that_cannot_be_written_is_reported_with_the_reason(recorded, name, message):
    with pytest.raises(NotWritable) as refused:
        node_test(recorded(HARD.replace("def lines() -> iter:\n    return iter([1])\n", "")), name)
    assert str(refused.value) == message


def test_an_overridden_node_cannot_be_tested(recorded):
    source = "def price() -> int:\n    return 1\n\n\ndef total(price: int) -> int:\n    return price * 2\n"
    recording = recorded(source, overrides={"price": 7})
    assert "result = total(price=7)" in node_test(recording, "total")
    with pytest.raises(NotWritable, match="`price` is overridden, so its function did not compute the value"):
        node_test(recording, "price")


def test_an_unknown_node_is_refused_with_the_nearest_name(recorded):
    with pytest.raises(UnknownNode, match="Did you mean `total`"):
        node_test(recorded("def total() -> int:\n    return 1\n"), "totl")


def test_a_function_named_like_a_library_is_imported_under_another_name(recorded, run):
    source = "def pytest() -> float:\n    return 0.5\n"
    text = node_test(recorded(source), "pytest")
    (test,) = exported_tests(run(text, {"flow.py": source}))
    test()
