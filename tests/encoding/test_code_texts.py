"""Values as code, without module names. Members of enumerations have the form `Color.RED`."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, Flag
from fractions import Fraction
from pathlib import Path

import pytest

from headwater.encoding.code_texts import code_text, short_code


class Color(Enum):
    RED = 1


class Access(Flag):
    READ = 1
    WRITE = 2


@dataclass
class Point:
    x: object
    hidden: int = field(default=0, repr=False)


@dataclass
class Named:
    name: str

    def __repr__(self) -> str:
        return f"<{self.name}>"


class Broken:
    def __repr__(self) -> str:
        raise RuntimeError


CASES: list[tuple[object, str]] = [
    (1.5, "1.5"),
    ("datetime.date", "'datetime.date'"),
    (dt.date(2026, 3, 10), "date(2026, 3, 10)"),
    (dt.datetime(2026, 3, 10, tzinfo=dt.UTC), "datetime(2026, 3, 10, 0, 0, tzinfo=timezone.utc)"),
    (dt.timedelta(days=1), "timedelta(days=1)"),
    (Decimal("1.50"), "Decimal('1.50')"),
    (Fraction(1, 3), "Fraction(1, 3)"),
    (Path("data") / "a.csv", "Path('data/a.csv')"),
    (Color.RED, "Color.RED"),
    (Access.READ, "Access.READ"),
    ([Color.RED, 1], "[Color.RED, 1]"),
    ((Color.RED,), "(Color.RED,)"),
    ((Color.RED, None), "(Color.RED, None)"),
    ([], "[]"),
    ({"a": {Color.RED: dt.date(2026, 1, 1)}}, "{'a': {Color.RED: date(2026, 1, 1)}}"),
    (Point([Color.RED]), "Point(x=[Color.RED])"),
    (Named("a"), "<a>"),
]


@pytest.mark.parametrize(("value", "text"), CASES, ids=[text for _, text in CASES])
def test_a_value_is_shown_as_code(value: object, text: str) -> None:
    assert code_text(value) == text
    assert short_code(value) == text


def test_long_code_is_shortened() -> None:
    assert short_code([dt.date(2026, 1, 1)] * 1_000, 20) == "[date(2026, 1, 1 ..."


def test_a_list_in_itself_ends() -> None:
    endless: list[object] = [Color.RED]
    endless += [endless, endless]
    assert short_code(endless) == "[Color.RED, ..., ...]"


def test_a_repr_that_raises_is_reported() -> None:
    assert short_code(Broken()) == "<Broken: its repr raised RuntimeError>"
    assert short_code([Broken()]) == "[<Broken: its repr raised RuntimeError>]"
