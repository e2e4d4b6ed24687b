"""Hashes of values by content."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import enum
import json
import os
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.caching.hashing import UnhashableError, content_hash
from headwater.caching.user_code import library_version


class Color(enum.Enum):
    RED = 1
    BLUE = 2


class Flags(enum.Flag):
    A = 1
    B = 2


class Point(NamedTuple):
    x: int
    y: int


class OtherPoint(NamedTuple):
    x: int
    y: int


@dataclasses.dataclass
class Order:
    price: int
    items: list[int] = dataclasses.field(default_factory=list)


@dataclasses.dataclass(frozen=True, slots=True)
class Slotted:
    price: int


@dataclasses.dataclass
class Special(Order):
    pass


@dataclasses.dataclass
class Basket:
    price: int

    @cached_property
    def total(self) -> int:
        return self.price * 2


class Plain:
    pass


class Text(str):
    __slots__ = ()


def code(cls: Any) -> bytes:
    return str(cls.__qualname__).encode()


def digest(value: object) -> str:
    return content_hash(value, code)


UTC = dt.UTC
DISTINCT: list[Any] = [
    *(None, True, False, 0, 1, 1.0, 0.0, -0.0, float("nan"), float("inf"), 1j, 10**5000, -(10**5000)),
    *("", "1", b"1", bytearray(b"1"), "a\ud800", ..., NotImplemented, range(3), range(4)),
    *([], [1], [1, 2], [2, 1], [[1], 2], [1, [2]], (), (1,), ((),), {}, {1: 2}, {1: 2, 3: 4}, {3: 4, 1: 2}, set(), {1}, {1, 2}),
    *(frozenset({1}), [1.0], [True], ["1"], [None], [[]], collections.OrderedDict({1: 2}), collections.Counter("a")),
    *(collections.deque([1]), collections.deque([1], maxlen=2)),
    *(dt.date(2020, 1, 1), dt.datetime(2020, 1, 1), dt.datetime(2020, 1, 1, tzinfo=UTC), dt.datetime(2020, 1, 1, fold=1)),  # noqa: DTZ001
    *(dt.datetime(2020, 1, 1, tzinfo=ZoneInfo("UTC")), dt.datetime(2020, 1, 1, tzinfo=ZoneInfo("Europe/Paris"))),
    *(dt.time(1), dt.timedelta(1), dt.timedelta(seconds=1), UTC, dt.timezone(dt.timedelta(hours=1)), ZoneInfo("Europe/Paris")),
    *(Decimal(1), Decimal("1.0"), Decimal("NaN"), Fraction(1, 2), UUID(int=1), UUID(int=2)),
    *(Path("a"), Path("b"), PurePosixPath("a")),
    *(Color.RED, Color.BLUE, Flags.A, Flags.A | Flags.B, Point(1, 2), OtherPoint(1, 2), (1, 2)),
    *(Order(1), Order(2), Order(1, [1]), Special(1), Slotted(1), Slotted(2)),
]


def test_different_values_have_different_hashes() -> None:
    hashes = [digest(value) for value in DISTINCT]
    same = [
        (DISTINCT[one], DISTINCT[other]) for one in range(len(hashes)) for other in range(one) if hashes[one] == hashes[other]
    ]
    assert same == []


@pytest.mark.native  # starts another Python process
def test_hashes_are_the_same_in_another_process() -> None:
    program = f"""
import json, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_hashing import DISTINCT, digest
print(json.dumps([digest(value) for value in DISTINCT] + [digest({{"a", "b", "c", "d"}})]))
"""
    environment = {**os.environ, "PYTHONHASHSEED": "11"}
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
    assert json.loads(ran.stdout) == [*(digest(value) for value in DISTINCT), digest({"a", "b", "c", "d"})]


def test_hashes_of_this_version_never_change() -> None:
    """If this fails, increase `SCHEME`: stored values would otherwise be found under the wrong versions."""
    assert digest([1, 2.5, "a", None, {"b": (True, b"c")}]) == GOLDEN


GOLDEN = "22b639e3c8042478978588af99a1072a"

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.dates() | st.decimals(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
    max_leaves=10,
)


@given(values)
def test_a_copy_has_the_same_hash(value: object) -> None:
    import copy
    import pickle

    assert digest(copy.deepcopy(value)) == digest(value)
    assert digest(pickle.loads(pickle.dumps(value))) == digest(value)  # noqa: S301 - pickled by the test


@given(st.sets(st.integers() | st.text()))
def test_the_order_of_a_set_does_not_matter(items: set[object]) -> None:
    other = set[object]()
    for item in list(items)[::-1]:
        other.add(item)
    assert digest(other) == digest(items)


def test_a_list_that_occurs_twice_differs_from_two_equal_lists() -> None:
    shared: list[int] = [1]
    assert digest([shared, shared]) != digest([[1], [1]])
    assert digest([(1,), (1,)]) == digest([(1,)] * 2)  # sharing an immutable value has no effect


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (object(), "`builtins.object` cannot be hashed"),
        (Plain(), "Plain` cannot be hashed"),
        (Text("a"), "Text` cannot be hashed"),
        (iter([1]), "list_iterator` cannot be hashed"),
        (lambda: 1, "function` cannot be hashed"),
        ([1, {"a": Plain()}], "Plain` cannot be hashed"),
        (Order(1, [Plain()]), "Plain` cannot be hashed"),  # type: ignore[list-item]
        (open, "cannot be hashed"),
        (int, "cannot be hashed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_anything_else_has_no_hash(value: object, reason: str) -> None:
    with pytest.raises(UnhashableError, match=reason):
        digest(value)


def test_a_value_that_contains_itself_has_no_hash() -> None:
    one: list[object] = []
    one.append([one])
    other: dict[str, object] = {}
    other["a"] = (other,)
    for value in (one, other):
        with pytest.raises(UnhashableError, match="it contains itself"):
            digest(value)


def test_a_value_that_is_nested_too_deeply_has_no_hash() -> None:
    value: list[object] = []
    for _ in range(100_000):
        value = [value]
    with pytest.raises(UnhashableError, match="nested too deeply"):
        digest(value)
    while value:
        value = value.pop()  # type: ignore[assignment]


def test_the_hash_of_an_object_covers_the_code_of_its_class() -> None:
    assert content_hash(Order(1), lambda _: b"1") != content_hash(Order(1), lambda _: b"2")
    assert content_hash([Color.RED], lambda _: b"1") != content_hash([Color.RED], lambda _: b"2")
    assert content_hash(Point(1, 2), lambda _: b"1") != content_hash(Point(1, 2), lambda _: b"2")
    with pytest.raises(UnhashableError, match=r"the code of the class `.*Order` is unknown"):
        content_hash([Order(1)], lambda _: None)


def test_reading_a_cached_property_does_not_change_the_hash() -> None:
    basket = Basket(2)
    before = digest(basket)
    assert basket.total == 4
    assert digest(basket) == before


def test_attributes_that_are_not_fields_count() -> None:
    order = Order(1)
    order.note = "x"  # type: ignore[attr-defined]
    assert digest(order) != digest(Order(1))


def test_the_version_of_a_library_counts_for_its_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    np = pytest.importorskip("numpy")
    values = [np.array([1]), np.float64(1), {"a": [np.array([1])]}]
    before = [digest(value) for value in values]
    monkeypatch.setattr(np, "__version__", "99")
    library_version.cache_clear()
    try:
        assert not set(before) & {digest(value) for value in values}
    finally:
        library_version.cache_clear()
