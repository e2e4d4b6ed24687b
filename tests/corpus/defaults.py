"""Defaults that are not literals: dates, exact numbers, paths, members of enumerations, and dataclasses."""

import datetime as dt
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum, IntEnum, auto
from fractions import Fraction
from pathlib import Path, PurePosixPath


class Color(Enum):
    RED = "red"
    BLUE = "blue"


class Level(IntEnum):
    LOW = auto()


@dataclass(frozen=True)
class Point:
    x: int
    y: int = 0


@dataclass(frozen=True, slots=True)
class Pen:
    price: Decimal = Decimal("1.5")
    color: Color = Color.BLUE


START = date(2026, 1, 1)
ORIGIN = Point(0)
FAVORITE = Color.RED


def days(today: date = date(2026, 3, 10), first: date | None = START) -> int:
    return 1


def last_days(last: date = date.fromisoformat("2026-12-31")) -> int:  # noqa: B008 - an immutable default
    return 1


def moments(at: dt.datetime = dt.datetime(2026, 3, 10, 12), opens: dt.time = dt.time(8, 30)) -> int:  # noqa: DTZ001 - deliberately naive
    return 1


def spans(step: timedelta = timedelta(hours=36), steps: tuple[timedelta, ...] = (timedelta(days=1),)) -> int:
    return 1


def numbers(rate: Decimal = Decimal("0.19"), share: Fraction = Fraction(1, 3)) -> int:
    return 1


def paths(folder: Path = Path("data", "raw"), archive: PurePosixPath = PurePosixPath("a")) -> int:  # noqa: B008 - an immutable default
    return 1


def members(color: Color = Color.RED, favorite: Color = FAVORITE, levels: list[Level] = [Level.LOW]) -> int:  # noqa: B006 - never changed
    return 1


def objects(point: Point = Point(1, y=2), origin: Point = ORIGIN, pen: Pen = Pen()) -> int:
    return 1


def nested(by_name: dict[str, list[date | None]] = {"a": [START, None]}) -> int:  # noqa: B006 - never changed
    return 1
