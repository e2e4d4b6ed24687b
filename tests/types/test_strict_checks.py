"""Checks of values including the contents of containers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, NewType, Optional, TypedDict, TypeVar

import pytest

from headwater.types.strict_checks import is_strict_instance

UserId = NewType("UserId", int)
Number = TypeVar("Number", int, float)


class Point(TypedDict):
    x: int
    y: int


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        (1, int),
        (1, float),
        (None, None),
        (None, Any),
        (None, object),
        (None, Optional[int]),  # noqa: UP045 - the older spelling
        (1, int | str),
        ("a", Literal["a", "b"]),
        ([1, 2], list[int]),
        ([], list[int]),
        ([[1], [2]], list[list[int]]),
        ([1, None], list[int | None]),
        ((1, "a"), tuple[int, str]),
        ((1, 2, 3), tuple[int, ...]),
        ((), tuple[()]),
        ({1, 2}, set[int]),
        ({"a": [1]}, dict[str, list[int]]),
        ({"a": 1}, Mapping[str, int]),
        ([1, 2], Sequence[float]),
        (iter("ab"), Iterator[int]),
        ({"x": 1, "y": 2}, Point),
        (1, UserId),
        (1, Annotated[int, "meters"]),
        (1, Number),
        ([1], list[Any]),
    ],
)
def test_values_of_the_type(value: object, type_: Any) -> None:
    assert is_strict_instance(value, type_)


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        ("1", int),
        (None, int),
        (None, list[int]),
        (1.5, int),
        ("c", Literal["a", "b"]),
        (["a"], list[int]),
        ([1, None], list[int]),
        ([["a"]], list[list[int]]),
        ((1, 2), tuple[int, str]),
        ((1, "a", 2), tuple[int, str]),
        ((1, "a"), tuple[int, ...]),
        ((1,), tuple[()]),
        ({"a"}, set[int]),
        ({1: [1]}, dict[str, list[int]]),
        ({"a": ["b"]}, dict[str, list[int]]),
        ({"x": "1", "y": 2}, Point),
        ("a", UserId),
        ("a", Number),
        ([1], Sequence[str]),
    ],
)
def test_values_of_another_type(value: object, type_: Any) -> None:
    assert not is_strict_instance(value, type_)
