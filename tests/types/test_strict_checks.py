"""Checks of values, including the contents of containers."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, KeysView, Mapping, Sequence, ValuesView
from typing import Annotated, Any, Literal, Never, NewType, NotRequired, Optional, TypedDict, TypeVar

import pytest

from headwater.types.strict_checks import is_strict_instance

UserId = NewType("UserId", int)
Number = TypeVar("Number", int, float)


class Point(TypedDict):
    x: int
    y: int


class PartialPoint(TypedDict, total=False):
    x: int


class Tree(TypedDict):
    children: list[Tree]


class Label(TypedDict):
    text: str
    color: NotRequired[str]


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        (1, int),
        (1, float),
        (None, None),
        (None, Any),
        (None, object),
        (None, Optional[int]),  # noqa: UP045 - tests the old spelling
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
        (deque([1]), deque[int]),
        ([1], Iterable[int]),
        ([1], Collection[int]),
        ({"a": 1}.keys(), KeysView[str]),
        ("ab", Sequence[str]),
        (range(3), Sequence[int]),
        (range(0), Sequence[str]),
        (bool, type[int]),
        (int, type),
        ({}, PartialPoint),
        ({"text": "a"}, Label),
        ({"x": 1, "y": 2, "z": 3}, Point),
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
        (deque(["a"]), deque[int]),
        (["a"], Iterable[int]),
        (["a"], Collection[int]),
        ({"a": 1}.keys(), KeysView[int]),
        ({"a": 1}.values(), ValuesView[str]),
        ("ab", Sequence[int]),
        (range(3), Sequence[str]),
        (str, type[int]),
        ({"x": 1}, Point),
        ({"color": "red"}, Label),
        ({"text": "a", "color": 1}, Label),
        ({"x": "1"}, PartialPoint),
        (1, Never),
        ([1], list[Never]),
    ],
)
def test_values_of_another_type(value: object, type_: Any) -> None:
    assert not is_strict_instance(value, type_)


def test_a_value_that_contains_itself_is_accepted() -> None:
    tree: dict[str, Any] = {"children": []}
    tree["children"].append(tree)
    assert is_strict_instance(tree, Tree)
    assert not is_strict_instance({"children": [1, tree]}, Tree)
