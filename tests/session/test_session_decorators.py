"""The nodes that rerun after an edit to a decorator or to a function that it uses."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from headwater.session import Session

FLOW = {
    "parts.py": """
        def doubled(amount: int = 1) -> int:
            return amount * 2

        def worded(doubled: int) -> str:
            return str(doubled)
    """,
    "flow.py": """
        from headwater import configuration, exclude, inject, mutate, pipe_input, pipe_output, step, subdag, value
        import parts

        def _scaled(amount: int, by: int) -> int:
            return amount * by

        def _shifted(amount: int) -> int:
            return amount + 1

        def base() -> int:
            return 1

        @pipe_input(step(_scaled, by=2), step(_shifted))
        def piped(base: int) -> int:
            return base

        @pipe_output(step(_scaled, by=3))
        def scaled(base: int) -> int:
            return base

        def changed(base: int) -> int:
            return base

        @mutate(changed, by=5)
        def _times(amount: int, by: int) -> int:
            return amount * by

        @subdag(parts, inputs={"amount": value(4)})
        def word(worded: str) -> str:
            return worded
    """,
}


@pytest.fixture
def ran(session: Session):
    """Return a function that replaces text in the files, runs them, and returns the nodes that ran."""
    files = {file: dedent(text) for file, text in FLOW.items()}

    def run(*exchanges: tuple[str, str]) -> set[str]:
        texts = dict(files)
        for before, after in exchanges:
            assert any(before in text for text in texts.values())
            texts = {file: text.replace(before, after) for file, text in texts.items()}
        session.update(texts)
        result = session.run(None)
        assert result["problems"] == []
        return {name for name, node in result["nodes"].items() if node["state"] == "succeeded"}

    run()
    return run


EDITS = {
    "nothing": (("", ""), set()),
    "a constant of a step": (("by=2", "by=20"), {"piped.with_scaled", "piped.with_shifted", "piped"}),
    "a step's function": (("amount + 1", "amount + 2"), {"piped.with_scaled", "piped.with_shifted", "piped"}),
    "a step of the output": (("by=3", "by=30"), {"scaled.with_scaled", "scaled"}),
    "the argument of a mutation": (("by=5", "by=50"), {"changed.with_times", "changed"}),
    "an input of a subdag": (("value(4)", "value(5)"), {"word.amount", "word.doubled", "word.worded", "word"}),
    "a function of a subdag": (
        ("amount * 2", "amount * 2 + 1"),
        {"word.amount", "word.doubled", "word.worded", "word", "doubled", "worded"},
    ),
    "a comment": (("def base() -> int:", "def base() -> int:  # one"), set()),
}


@pytest.mark.parametrize(("exchange", "expected"), EDITS.values(), ids=EDITS)
def test_an_edit_reruns_the_affected_nodes(exchange, expected, ran):
    assert ran(exchange) == expected


PARAMETERIZED = """
from functools import wraps

import headwater as hw
from headwater import check_output, extract_columns, group, parameterize, pipe_output, source, step, tag, value
import pandas as pd

RATES = {"low": 1, "high": 2}
LIMIT = 10

def _plain(function):
    @wraps(function)
    def call(*args, **kwargs):
        return function(*args, **kwargs)
    return call

def base() -> int:
    return 3

def other() -> int:
    return 3

@parameterize(**{f"{name}_price": {"rate": value(rate)} for name, rate in RATES.items()})
def price(base: int, rate: int) -> int:
    return base * rate + LIMIT

@parameterize(sum_of_one={"parts": group(source("base"))}, sum_of_two={"parts": group(source("base"), source("low_price"))})
def summed(parts: list[int]) -> int:
    return sum(parts)

@extract_columns("day", "rain")
def weather() -> pd.DataFrame:
    return pd.DataFrame({"day": [1], "rain": [2], "wind": [3]})

@hw.parameterize(first={"options": value((1, "a"))}, second={"options": value([1])})
def listed(options: object) -> str:
    return str(options)

@check_output(range=(0, 100))
def checked(base: int) -> int:
    return base

@tag(owner="me")
def tagged(base: int) -> int:
    return base

@_plain
@tag(owner="me")
def wrapped(base: int) -> int:
    return base
"""

DECORATOR_EDITS = {
    "one more node": ('"high": 2}', '"high": 2, "top": 3}', {"top_price"}),
    "one value": ('"high": 2}', '"high": 4}', {"high_price"}),
    "an equal value of another type": ('"low": 1,', '"low": True,', {"low_price"}),
    "one node fewer": ('"low": 1, "high": 2}', '"low": 1}', set()),
    "the body": ("base * rate", "rate * base", {"low_price", "high_price"}),
    "a value that the body uses": ("LIMIT = 10", "LIMIT = 11", {"low_price", "high_price", "sum_of_two"}),
    "the source of an argument": ('source("base"))}, sum', 'source("other"))}, sum', {"sum_of_one"}),
    "one more part": ('source("base"))}, sum', 'source("base"), source("other"))}, sum', {"sum_of_one"}),
    "one more column": ('"day", "rain")', '"day", "rain", "wind")', {"wind"}),
    "a value that may change": ('value((1, "a"))', 'value((1, "b"))', {"first", "second"}),
    "a check": ("range=(0, 100)", "range=(0, 200)", {"checked_range_validator", "checked"}),
    "a tag": ('"me")\ndef tagged', '"you")\ndef tagged', set()),
    "another decorator": ('"me")\ndef tagged', '"me")\n@tag(kind="sum")\ndef tagged', set()),
    "a tag below a user's decorator": ('"me")\ndef wrapped', '"you")\ndef wrapped', {"wrapped"}),
}


@pytest.mark.parametrize(("before", "after", "expected"), DECORATOR_EDITS.values(), ids=DECORATOR_EDITS)
def test_an_edit_to_a_decorator_reruns_only_nodes_that_it_defines_differently(before, after, expected, session: Session):
    assert PARAMETERIZED.count(before) == 1
    session.update({"flow.py": PARAMETERIZED})
    assert session.run()["problems"] == []
    session.update({"flow.py": PARAMETERIZED.replace(before, after)})
    result = session.run()
    assert result["problems"] == []
    assert {name for name, node in result["nodes"].items() if node["state"] == "succeeded"} == expected


WITHOUT_TEXT = """
from headwater import parameterize, tag, value

class Nameless(type):
    def __repr__(cls):
        raise RuntimeError

class Money(metaclass=Nameless):
    pass

@tag(owner="me")
def money() -> Money:
    return Money()

@parameterize(huge={"number": value(10**5000)})
def size(number: int) -> int:
    '''Size of {number}.'''
    return number.bit_length()

@parameterize(paid={"kind": value(Money)})
def kind(kind: type) -> str:
    return "Money"
"""


def test_types_and_values_that_cannot_be_written_as_text_do_no_harm(session: Session):
    for comment in ("", "# edited\n"):
        session.update({"flow.py": WITHOUT_TEXT + comment})
        result = session.run()
        assert result["problems"] == []
    assert {name: result["nodes"][name]["state"] for name in ("money", "huge", "paid")} == dict.fromkeys(
        ("money", "huge", "paid"), "reused"
    )


def test_repeated_loads_execute_only_changed_statements(session: Session):
    files = {file: dedent(text) for file, text in FLOW.items()}
    for number in range(3):
        session.update({**files, "flow.py": files["flow.py"] + f"\n# {number}\n"})
        result = session.run(["changed"])
    assert [name for name in result["nodes"] if name.startswith("changed.")] == ["changed.raw", "changed.with_times"]
    assert result["outputs"]["changed"]["text"] == "5"
