"""For modules as users write them, every error in the outline is also an error in the build."""

import sys
import textwrap

import pytest

from headwater.errors import HeadwaterError, SeveralErrors
from headwater.outline import outline

MODULES = {
    "type aliases": """
        from typing import Dict, List, Optional, Union
        Prices = dict[str, float]
        Number = Union[int, float]
        Rows = List["Prices"]
        def prices() -> Prices: return {}
        def rows(prices: Prices) -> Rows: return [prices]
        def first(rows: Rows, default: Number = 0) -> Optional[Prices]: return rows[0]
        def total(first: Prices | None) -> Dict[str, float]: return first or {}
    """,
    "new types and type variables": """
        from typing import NewType, Sequence, TypeVar
        UserId = NewType("UserId", int)
        T = TypeVar("T")
        def user() -> UserId: return UserId(1)
        def users(user: UserId) -> list[UserId]: return [user]
        def largest(users: Sequence[UserId]) -> UserId: return max(users)
        def shown(largest: int) -> str: return str(largest)
    """,
    "an alias that depends on the platform": """
        import sys
        if sys.platform == "win32":
            Number = int
        else:
            Number = float
        def price() -> Number: return 1.0
        def total(price: float) -> float: return price
        def name(price: Number) -> str: return str(price)
    """,
    "a TypedDict": """
        from typing import TypedDict
        import headwater as hw
        class Person(TypedDict):
            age: int
            name: str
        @hw.extract_fields()
        def person() -> Person: return {"age": 1, "name": "x"}
        def older(age: int) -> int: return age + 1
        def greeting(name: str, person: Person) -> str: return name
    """,
    "a TypedDict with optional fields and a base": """
        from datetime import date
        from typing import NotRequired, Optional, Required, TypedDict
        import headwater as hw
        class Named(TypedDict):
            name: str
        class Person(Named, total=False):
            born: Required[date]
            friends: list["Person"]
            mother: NotRequired[Optional[str]]
        @hw.extract_fields()
        def person() -> Person: return {"name": "a", "born": date(2000, 1, 1)}
        def text(name: str, born: date, friends: list[Person], mother: str | None) -> str: return name
    """,
    "a TypedDict created by a call": """
        from typing import TypedDict
        from headwater import extract_fields
        Point = TypedDict("Point", {"x": float, "the y": float})
        @extract_fields()
        def point() -> Point: return {"x": 1.0, "the y": 2.0}
        def double(x: float) -> float: return 2 * x
    """,
    "named fields of a TypedDict": """
        from typing import TypedDict
        from headwater import extract_fields
        class Bounds(TypedDict):
            low: int
            high: int
        @extract_fields("low")
        def bounds() -> Bounds: return {"low": 1, "high": 2}
        def twice(low: float) -> float: return 2 * low
    """,
    "dataclasses": """
        from __future__ import annotations
        from dataclasses import dataclass, field
        @dataclass(frozen=True)
        class Order:
            price: float
            items: list[str] = field(default_factory=list)
            def total(self) -> float: return self.price
        def order(price: float) -> Order: return Order(price)
        def paid(order: Order, *, rate: float = 1.0) -> float: return order.total() * rate
    """,
    "named tuples": """
        from collections import namedtuple
        from typing import NamedTuple
        from headwater import unpack_fields
        class Pair(NamedTuple):
            left: int
            right: str
        Old = namedtuple("Old", "a b")
        @unpack_fields("left", "right")
        def pair() -> Pair: return Pair(1, "a")
        @unpack_fields("first")
        def old(left: int) -> Old: return Old(left, 2)
    """,
    "enums": """
        from enum import Enum
        from headwater import check_output, parameterize, value
        class Color(Enum):
            RED = "r"
            BLUE = "b"
        @check_output(values_in=[Color.RED, Color.BLUE])
        def color() -> Color: return Color.RED
        def name(color: Color, fallback: Color = Color.BLUE) -> str: return color.name
    """,
    "an optional library": """
        try:
            import polars as pl
        except ImportError:
            pl = None
        from headwater import extract_columns
        @extract_columns("age")
        def people() -> "pl.DataFrame": return pl.DataFrame({"age": [1]})
        def older(age: "pl.Series") -> "pl.Series": return age + 1
    """,
    "a missing library": """
        try:
            import a_library_that_nobody_has as fast
        except ImportError:
            fast = None
        if fast:
            def total(price: str) -> str: return price
        else:
            def total(price: float) -> float: return price
        def tax(total: float) -> float: return total
    """,
    "another library instead of a missing one": """
        try:
            from a_library_that_nobody_has import DataFrame
        except ImportError:
            from pandas import DataFrame
        from headwater import extract_columns
        @extract_columns("age")
        def people() -> DataFrame: return DataFrame({"age": [1]})
    """,
    "for type checkers only": """
        from __future__ import annotations
        from typing import TYPE_CHECKING
        import headwater as hw
        if TYPE_CHECKING:
            from collections.abc import Iterator
            def price() -> str: ...
        def price() -> float: return 1.0
        def total(price: float) -> float: return price
    """,
    "not for type checkers": """
        import typing
        if not typing.TYPE_CHECKING:
            def price() -> float: return 1.0
        def total(price: float) -> float: return price
    """,
    "a Python version": """
        import sys
        if sys.version_info >= (3, 8):
            def price() -> float: return 1.0
        else:
            def price() -> str: return "1"
        def total(price: float) -> float: return price
    """,
    "a program": """
        def total(price: float) -> float: return price
        if __name__ != "__main__":
            def tax(total: float) -> float: return total
        if __name__ == "__main__":
            def total(price): return None
            print(total(1))
    """,
    "postponed annotations": """
        from __future__ import annotations
        import headwater as hw
        @hw.parameterize(low={"of": hw.value(1)}, high={"of": hw.value(2)})
        def bound(of: int | None, also: list[Later] | None = None) -> Later: return Later()
        class Later: ...
    """,
    "the module's own decorator": """
        import functools
        def _logged(function):
            @functools.wraps(function)
            def wrapper(*args, **kwargs):
                return function(*args, **kwargs)
            return wrapper
        @_logged
        def price() -> float: return 1.0
        def total(price: float) -> float: return price
    """,
    "a decorator that hides the function": """
        def _hidden(function):
            def wrapper(*args): return function(*args)
            return wrapper
        @_hidden
        def price(amount, /, *more): return 1.0
        @_hidden
        def total(name: str) -> str: return name
        def tax(total: float, name: int) -> float: return total
    """,
    "a decorator that changes the function": """
        def _registered(function):
            return None
        @_registered
        def price(total: str) -> str: return "1"
        def total(price: float) -> float: return price
    """,
    "a decorator around headwater's": """
        from headwater import parameterize, value
        def _lags(*days):
            return parameterize(**{f"lag_{n}": {"n": value(n)} for n in days})
        @_lags(1, 7)
        def lag(n: int) -> float: return 1.0 * n
        def week(lag_7: float) -> float: return lag_7
        def name(n: str) -> str: return n
    """,
    "a computed decorator": """
        import math
        from headwater import parameterize, value
        @parameterize(**{f"lag_{n}": {"n": value(n)} for n in range(math.floor(2.5))})
        def lag(n: int) -> float: return 1.0 * n
        def name(n: str, lag_1: float) -> str: return n
        def again(lag_1: str | float) -> str: return ""
    """,
    "cached functions": """
        from functools import cache, lru_cache, partial
        @cache
        def price() -> float: return 1.0
        @lru_cache(maxsize=None)
        def rate(price: float) -> float: return price
        half = partial(pow, 0.5)
        def total(rate: float) -> float: return half(rate)
    """,
    "a function that is decorated by a call": """
        from headwater import tag
        def total(price: float) -> float: return price
        total = tag(unit="kg")(total)
        def tax(total: float) -> float: return total
    """,
    "`__all__`": """
        __all__ = ["total"]
        __version__ = "1"
        def total(price: float) -> float: return _helped(price)
        def _helped(price): return price
    """,
    "classes with methods": """
        class Model:
            RATE = 2
            def fit(self, data, *more, **options): return self
            @property
            def size(self): return 1
            @staticmethod
            def price(price: str) -> str: return price
        def model(price: float) -> Model: return Model().fit(price)
        def size(model: Model) -> int: return model.size
    """,
    "nested functions": """
        def total(price: float) -> float:
            def total(x, y=2): return x * y
            inner = lambda price: price
            return total(inner(price))
    """,
    "asynchronous functions": """
        import asyncio
        async def price() -> float:
            await asyncio.sleep(0)
            return 1.0
        async def total(price: float) -> float: return price
    """,
    "overloads": """
        from typing import overload
        @overload
        def total(price: int) -> int: ...
        @overload
        def total(price: str) -> str: ...
        def total(price: int | str) -> int | str: return price
        def shown(total: int | str) -> str: return str(total)
    """,
    "single dispatch": """
        from functools import singledispatch
        @singledispatch
        def _shown(value): return str(value)
        @_shown.register
        def _(value: int): return "int"
        @_shown.register
        def _(value: str): return "str"
        def text(price: float) -> str: return _shown(price)
    """,
    "a function that is defined twice in branches": """
        import os
        def total(price: float) -> float: return price
        if os.environ.get("A_NAME_THAT_NOBODY_SETS"):
            def total(price: str) -> str: return price
        def tax(total: float, price: float) -> float: return total
    """,
    "star imports": """
        from math import *
        from typing import *
        from headwater import *
        @tag(unit="kg")
        def total(price: Optional[float] = None) -> List[float]: return [pi]
        @extract_fields({"a": float})
        def parts(total: List[float]) -> Dict[str, float]: return {"a": 1.0}
    """,
    "a star import that hides builtins": """
        from numpy import *
        from headwater import extract_fields
        SIZES = [int(n) for n in sorted([3, 1])]
        NAMES = [f"of_{n}" for n in SIZES]
        @extract_fields(*NAMES)
        def sizes() -> dict[str, int]: return dict(zip(NAMES, SIZES))
        def total(of_1: int, of_3: int) -> int: return of_1 + of_3
    """,
    "named decorators": """
        import headwater as hw
        kg = hw.tag(unit="kg")
        checked = hw.check_output(range=(0, 100))
        @kg
        @checked
        def total(price: float) -> float: return price
    """,
    "constants computed from others": """
        from headwater import parameterize, source, value
        DAYS = [1, 7, 28]
        NAMES = {f"mean_{day}": {"days": value(day), "prices": source(f"prices_{i}")} for i, day in enumerate(DAYS)}
        @parameterize(**NAMES)
        def mean(days: int, prices: list[float]) -> float: return sum(prices) / days
        def last(mean_28: float) -> float: return mean_28
    """,
    "pandas": """
        import numpy as np
        import pandas as pd
        from headwater import check_output, extract_columns
        COLUMNS = ["age", "height"]
        @check_output(data_type=np.float64, target_="age", allow_nans=False)
        @extract_columns(*COLUMNS)
        def people(path: str) -> pd.DataFrame: return pd.DataFrame(columns=COLUMNS)
        def mean(age: "pd.Series", height: pd.Series) -> np.float64: return age.mean()
    """,
    "numpy": """
        import numpy as np
        import numpy.typing as npt
        from typing import Any
        Array = npt.NDArray[np.float64]
        def data() -> Array: return np.zeros(3)
        def mean(data: npt.NDArray[Any]) -> np.floating[Any]: return data.mean()
        def shape(data: np.ndarray) -> tuple[int, ...]: return data.shape
    """,
    "polars": """
        import polars as pl
        from headwater import extract_columns, with_columns
        def double(age: pl.Series) -> pl.Series: return age * 2
        @extract_columns("age")
        def people() -> pl.DataFrame: return pl.DataFrame({"age": [1]})
        @with_columns(double, columns_to_pass=["age"], namespace="w")
        def more(frame: pl.DataFrame) -> pl.DataFrame: return frame
        def lazy(people: pl.DataFrame) -> pl.LazyFrame: return people.lazy()
    """,
    "a frame under another name": """
        import pandas as pd
        from headwater import extract_columns
        Frame = pd.DataFrame
        @extract_columns("age")
        def people() -> Frame: return Frame({"age": [1]})
        def older(age: pd.Series) -> pd.Series: return age
    """,
    "protocols and abstract classes": """
        from abc import ABC, abstractmethod
        from typing import Callable, ClassVar, Protocol, runtime_checkable
        @runtime_checkable
        class Priced(Protocol):
            price: float
        class Shop(ABC):
            names: ClassVar[list[str]] = []
            @abstractmethod
            def open(self): ...
        class Corner(Shop):
            price = 1.0
            def open(self): return None
        def shop() -> Corner: return Corner()
        def price(shop: Priced) -> float: return shop.price
        def opened(shop: Shop) -> Callable[[int], str]: return str
        def text(opened: Callable[..., str]) -> str: return opened(1)
    """,
    "generic classes": """
        from typing import Any, Generic, Literal, TypeVar
        T = TypeVar("T", bound="Box[Any]")
        K = TypeVar("K")
        class Box(Generic[K]):
            def __init__(self, inner: K) -> None: self.inner = inner
        Mode = Literal["fast", "slow"]
        def box(mode: Mode = "fast") -> Box[str]: return Box(mode)
        def inner(box: Box[str]) -> str: return box.inner
        def other(mode: Literal["fast", "slow"]) -> type[int]: return int
    """,
    "annotated types": """
        from typing import Annotated, Final, Optional
        Positive = Annotated[float, "> 0"]
        LIMIT: Final = 3
        def price() -> Positive: return 1.0
        def total(price: Annotated[float, "EUR"], limit: int = LIMIT) -> Annotated[Optional[float], "EUR"]: return price
    """,
    "variants": """
        from headwater import config
        EUROPE = ("de", "fr")
        @config.when_in(region=list(EUROPE))
        def rate__eu(price: float) -> float: return price
        @config.when(region="us")
        def rate__us(price: str) -> str: return price
        @config.otherwise
        def rate() -> float: return 0.0
        def total(rate: float) -> float: return rate
    """,
    "variants with a computed value": """
        import os
        from headwater import config
        @config.when(region=os.sep)
        def rate__a(price: str) -> str: return price
        @config.when_not(region=os.sep)
        def rate__b(price: float) -> float: return price
        def total(rate: float, price: float) -> float: return rate
    """,
    "steps with a decorator from another library": """
        import functools
        from headwater import mutate, pipe_output, step
        def _wrapped(function):
            @functools.wraps(function)
            def inner(*values): return function(*values)
            return inner
        @_wrapped
        def _scaled(x: float, by: float) -> str: return str(x * by)
        @pipe_output(step(_scaled, by=2.0))
        def total() -> float: return 1.0
        def text(total: str) -> str: return total
        def price() -> float: return 1.0
        @mutate(price)
        @_wrapped
        def _shown(x: float) -> str: return str(x)
        def label(price: str) -> str: return price
    """,
    "a computed mutation": """
        import math
        from headwater import mutate
        def price() -> float: return 1.0
        @mutate(price, by=math.floor(2.5))
        def _shown(x: float, by: int) -> str: return str(x * by)
        @mutate(price, **{"by": math.floor(2.5)})
        def _longer(x: str, by: int) -> str: return x * by
        def label(price: str) -> str: return price
    """,
    "two mutations with the same name": """
        from headwater import mutate
        def price() -> float: return 1.0
        @mutate(price)
        def _changed(x: float) -> str: return str(x)
        @mutate(price)
        def _changed(x: str) -> list[str]: return [x]
        def label(price: list[str]) -> str: return price[0]
    """,
    "names of builtins": """
        from headwater import parameterize, value
        def list() -> float: return 1.0
        def id(list: float) -> float: return list
        def sorted(id: float) -> float: return id
        @parameterize(a={"n": value(1)})
        def len(n: int, sorted: float) -> float: return sorted
    """,
    "functions created by `exec`": """
        from typing import Any
        for _name in ("a", "b"):
            exec(f"def {_name}() -> Any: return 1.0")
        def total(a: float, b: float) -> float: return a + b
        def name(a: str) -> str: return a
    """,
    "functions in a loop": """
        for _ in range(2):
            def total(price: float) -> float: return price
        while False:
            def tax(total: str) -> str: return total
        with open(__file__):
            def paid(total: float) -> float: return total
    """,
    "checks": """
        from headwater import check_output, check_output_custom
        LIMIT = 10 ** 2
        def _is_even(value: int) -> bool: return value % 2 == 0
        @check_output_custom(_is_even)
        @check_output(range=(0, LIMIT), importance="fail")
        def pairs() -> int: return 2
        @check_output(range=(-float("inf"), LIMIT * 2), data_type=float)
        def share(pairs: int) -> float: return pairs / 2
    """,
    "checks with values from elsewhere": """
        import datetime, math, sys
        from headwater import check_output
        @check_output(range=(0, sys.maxsize))
        def price() -> int: return 1
        @check_output(range=(0, math.tau), values_in={math.tau})
        def angle() -> float: return math.tau
        @check_output(range=(datetime.date.min, datetime.date.max))
        def day() -> datetime.date: return datetime.date.min
    """,
    "fields with names from elsewhere": """
        import string
        from headwater import extract_fields
        @extract_fields(*string.ascii_letters[:2])
        def letters() -> dict[str, int]: return {"a": 1, "b": 2}
        @extract_fields({string.digits: int})
        def digits() -> dict[str, int]: return {string.digits: 1}
        @extract_fields(list(string.punctuation))
        def others() -> dict[str, int]: return dict.fromkeys(string.punctuation, 1)
    """,
    "a subdag of functions that the outline cannot read": """
        import functools
        from headwater import subdag
        def _twice(function):
            @functools.wraps(function)
            def inner(*values): return function(*values)
            return inner
        @_twice
        def part(price: float) -> float: return price
        @subdag(part, inputs={"price": 1.0})
        def total(part: float) -> float: return part
    """,
    "methods of headwater's driver": """
        from headwater import Builder
        def total(price: float) -> float: return price
        def _main():
            import sys
            return Builder().with_modules(sys.modules[__name__]).build()
    """,
}  # fmt: skip
WARNED = {
    "a computed decorator": ["@parameterize has computed arguments"],
    "a computed mutation": ["@mutate has computed arguments"] * 2,
    "checks with values from elsewhere": ["@check_output has computed arguments"] * 3,
    "fields with names from elsewhere": ["@extract_fields has computed arguments"] * 3,
    "a star import that hides builtins": ["@extract_fields has computed arguments"],
    "variants with a computed value": ["@config.when has computed arguments", "@config.when_not has computed arguments"],
}
"""The outline's warnings about arguments that only a run can compute."""
NEEDS = {"an optional library": "polars", "polars": "polars", "a star import that hides builtins": "numpy.f2py"}
"""The import that a case needs, if it is not available everywhere. `from numpy import *` needs all submodules of numpy."""
WRONG: dict[str, set[str]] = {}
"""Modules with intentional errors, and the kinds of errors."""
NEWER = {
    "a generic function": """
        def first[T](items: list[T]) -> T: return items[0]
        def pair[K, V](one: K, two: V) -> tuple[K, V]: return one, two
    """,
    "a type statement": """
        type Prices = dict[str, float]
        type Pair[T] = tuple[T, T]
        def prices() -> Prices: return {}
        def total(prices: Prices) -> float: return sum(prices.values())
        def pair(total: float) -> Pair[float]: return total, total
    """,
    "a generic class": """
        class Box[T]:
            def __init__(self, inner: T) -> None: self.inner = inner
        def box() -> Box[int]: return Box(1)
        def inner(box: Box[int]) -> int: return box.inner
    """,
    "f-strings with quotes": """
        from headwater import tag
        NAMES = ["a", "b"]
        @tag(names=f"{", ".join(name for name in NAMES)}")
        def total() -> int: return 1
    """,
}  # fmt: skip


def problems_of_building(built, files) -> set[tuple[str, str]]:
    try:
        built(files)
    except HeadwaterError as caught:
        errors = caught.errors if isinstance(caught, SeveralErrors) else [caught]
        return {(type(error).__name__, str(error)) for error in errors}
    return set()


@pytest.mark.parametrize("name", [*MODULES, *(NEWER if sys.version_info >= (3, 12) else ())])
@pytest.mark.filterwarnings("ignore::headwater.errors.UnwrappedFunctionWarning")
def test_the_outline_reports_only_errors_of_building(name, built, monkeypatch):
    if name in NEEDS:
        pytest.importorskip(NEEDS[name])
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    files = {"a_module_of_a_user.py": textwrap.dedent((MODULES | NEWER)[name])}
    view = outline(files)
    errors = {(problem["kind"], problem["message"]) for problem in view["problems"] if problem["severity"] == "error"}
    built_with = problems_of_building(built, files)
    assert errors <= built_with
    assert {kind for kind, _ in built_with} == WRONG.get(name, set())


@pytest.mark.parametrize("name", [*MODULES, *(NEWER if sys.version_info >= (3, 12) else ())])
def test_the_outline_warns_only_about_omissions(name):
    view = outline({"a.py": textwrap.dedent((MODULES | NEWER)[name])})
    warned = [problem["message"] for problem in view["problems"] if problem["severity"] == "warning"]
    left_out = [message for message in warned if "Only a run can tell whether this is an error" not in message]
    assert [message.partition("): ")[2].partition(",")[0] for message in left_out] == WARNED.get(name, [])
