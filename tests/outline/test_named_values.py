"""Members of enumerations and calls to dataclasses, as defaults."""

import pytest

from headwater.outline import outline

CLASSES = """
import enum, paints
from dataclasses import KW_ONLY, dataclass, field
from enum import Enum
from paints import Paint
class Color(Enum):
    RED = 1
    _ignore_ = ()
class NotEnum:
    RED = 1
class Level(enum.IntEnum):
    LOW = enum.auto()
@dataclass
class Point:
    x: int
    y: int = 0
@dataclass(frozen=True)
class Line:
    start: Point = Point(1)
    color: Color = Color.RED
@dataclass
class Special:
    x: int
    def __repr__(self) -> str: ...
@dataclass
class Lazy:
    xs: list = field(default_factory=list)
@dataclass
class Keywords:
    x: int = 0
    _: KW_ONLY
    y: int = 0
@dataclass
class Point3(Point):
    z: int = 0
FAVORITE = Color.RED
changing = Color.RED
changing = None
"""
PAINTS = """
from dataclasses import dataclass
from enum import Enum
RATE = 2
class Paint(Enum):
    MATT = 1
@dataclass
class Pot:
    liters: int = RATE
    paint: Paint = Paint.MATT
"""
DEFAULTS = {
    "Color.RED": "Color.RED",
    "Level.LOW": "Level.LOW",
    "FAVORITE": "Color.RED",
    "[FAVORITE, None]": "[Color.RED, None]",
    "Paint.MATT": "Paint.MATT",
    "paints.Paint.MATT": "Paint.MATT",
    "Point(1)": "Point(x=1, y=0)",
    "Point(1, y=2)": "Point(x=1, y=2)",
    "Point(x=Color.RED)": "Point(x=Color.RED, y=0)",
    "Line()": "Line(start=Point(x=1, y=0), color=Color.RED)",
    "paints.Pot()": "Pot(liters=2, paint=Paint.MATT)",
    "changing": "changing",
    "Color.GREEN": "Color.GREEN",
    "Color._ignore_": "Color._ignore_",
    "NotEnum.RED": "NotEnum.RED",
    "Point()": "Point()",
    "Point(1, 2, 3)": "Point(1, 2, 3)",
    "Point(1, x=2)": "Point(1, x=2)",
    "Special(1)": "Special(1)",
    "Lazy()": "Lazy()",
    "Keywords()": "Keywords()",
    "Point3(1)": "Point3(1)",
}


@pytest.mark.parametrize(("default", "shown"), DEFAULTS.items())
def test_a_default_has_the_text_that_it_has_in_a_built_graph(default, shown):
    view = outline({"a.py": f"{CLASSES}def f(x: object = {default}) -> int: ...\n", "paints.py": PAINTS})
    assert view["nodes"][0]["type"] == f"object = {shown if len(shown) <= 40 else f'{shown[:36]} ...'}"


def test_a_decorator_does_not_get_the_text_of_a_value():
    source = f"{CLASSES}import headwater as hw\n@hw.config.when(color=Color.RED)\ndef rate__red() -> int: ...\n"
    (problem,) = outline({"a.py": source, "paints.py": PAINTS})["problems"]
    assert problem["severity"] == "warning"
