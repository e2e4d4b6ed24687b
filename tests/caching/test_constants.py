"""Constants have equal digests if and only if they are equal.

A value that cannot be distinguished from others has no digest.
"""

from __future__ import annotations

import datetime as dt
import enum
import threading
from collections import OrderedDict, namedtuple
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.caching.constants import MAX_OBJECTS, constant_digest
from headwater.caching.equality import is_equal


class Color(enum.Enum):
    RED = 1
    BLUE = 2


@dataclass
class Limit:
    low: float
    high: float


class Slotted:
    __slots__ = ("low",)

    def __init__(self, low: float) -> None:
        self.low = low


class Raises:
    def __reduce_ex__(self, protocol: object) -> Any:
        raise SystemExit


Point = namedtuple("Point", "x y")  # noqa: PYI024 - tests an untyped named tuple

DIFFERENT: list[Any] = [
    None, True, 1, 1.0, 1j, "1", b"1", -0.0, 0.0, float("nan"), ..., range(1), range(2), "", [], (), {}, set(), frozenset(),
    [1, 2], [2, 1], [[1], 2], [1, [2]], (1, 2), {1, 2}, {1: 2}, {2: 1}, {1: 2, 2: 1}, {2: 1, 1: 2}, ["12"], ["1", "2"],
    OrderedDict({1: 2}), Point(1, 2), Point(2, 1), Limit(1, 2), Limit(1, 2.5), Slotted(1), Slotted(2), Color.RED, Color.BLUE,
    dt.date(2026, 1, 2), dt.datetime(2026, 1, 2), dt.datetime(2026, 1, 2, tzinfo=dt.UTC), dt.timedelta(1),  # noqa: DTZ001 - deliberately naive
    Decimal("1.0"), Decimal("1.00"), Fraction(1), UUID(int=1), abs, len, Limit, Slotted, partial(pow, 2), partial(pow, 3),
    [1].append, [2].append, list[int], list[str], int | str,
]  # fmt: skip


def code(function: Any) -> str | None:
    return f"{function.__module__}.{function.__qualname__}"


def digest(value: object) -> str | None:
    return constant_digest(value, code)


def test_values_that_differ_have_different_digests() -> None:
    digests = [digest(value) for value in DIFFERENT]
    assert [value for value, found in zip(DIFFERENT, digests, strict=True) if found is None] == []
    assert len(set(digests)) == len(DIFFERENT)


@pytest.mark.parametrize(
    "value",
    [threading.Lock(), (number for number in range(3)), iter([1]), Raises(), [[Raises()]], list(range(MAX_OBJECTS)), open],
    ids=["lock", "generator", "iterator", "raises", "raises inside a list", "too large", "function without code"],
)
def test_a_value_that_cannot_be_told_from_others_has_no_digest(value: object) -> None:
    assert constant_digest(value, lambda _: None) is None


def test_a_value_that_holds_itself_has_no_digest() -> None:
    value: list[object] = []
    value.append(value)
    assert digest(value) is None


def test_a_function_counts_by_its_code() -> None:
    assert constant_digest([abs], lambda _: "1") == constant_digest([len], lambda _: "1")
    assert constant_digest([abs], lambda _: "1") != constant_digest([abs], lambda _: "2")


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.dates(),
    lambda parts: st.lists(parts, max_size=3) | st.tuples(parts, parts) | st.dictionaries(st.text(), parts, max_size=3),
    max_leaves=8,
)


@given(PLAIN, PLAIN)
def test_digests_agree_with_equality(first: object, second: object) -> None:
    assert (digest(first) == digest(second)) == is_equal(first, second)


@given(st.lists(st.text(), unique=True))
def test_the_order_in_a_set_does_not_count(values: list[str]) -> None:
    backwards = set[str]()
    for value in reversed(values):
        backwards.add(value)
    assert digest(set(values)) == digest(backwards)


def test_frames_and_arrays_have_digests() -> None:
    np, pd = pytest.importorskip("numpy"), pytest.importorskip("pandas")

    def values() -> list[object]:
        frame = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})
        return [np.arange(3), np.arange(3.0), np.float64(1), frame, frame.rename(columns={"b": "c"}), frame["a"], frame * 2]

    digests = [digest(value) for value in values()]
    assert None not in digests
    assert len(set(digests)) == len(digests)
    assert [digest(value) for value in values()] == digests
