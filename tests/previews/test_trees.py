"""Previews of containers as trees with limited depth and size."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import enum
import json
from typing import Any

import pytest

from headwater.previews import preview


class Colour(enum.Enum):
    RED = 1


@dataclasses.dataclass
class Point:
    x: int
    y: Any
    secret: int = dataclasses.field(default=0, repr=False)


Pair = collections.namedtuple("Pair", "left right")  # noqa: PYI024 - tests an untyped named tuple


class Rude:
    def __repr__(self) -> str:
        raise ValueError("no")


@pytest.mark.parametrize(
    ("value", "type_", "tree", "truncated"),
    [
        ([], "list", [], False),
        ((1, "a", None), "tuple", [1, "a", None], False),
        ({3, 1, 2}, "set", [1, 2, 3], False),
        ({"a": {"b": [1.5, True]}}, "dict", {"a": {"b": [1.5, True]}}, False),
        ({1: "a", "1": "b"}, "dict", {"1": "a", "1'": "b"}, False),
        (Point(1, [2]), "Point", {"x": 1, "y": [2]}, False),
        (Pair(1, 2), "Pair", {"left": 1, "right": 2}, False),
        ([Colour.RED, dt.date(2012, 1, 2)], "list", ["Colour.RED", "2012-01-02"], False),
        ([Rude()], "list", ["<Rude that cannot be printed: ValueError>"], False),
        ([[[[[[[1]]]]]]], "list", [[[[[["…"]]]]]], True),
        (list(range(1234)), "list", [*range(50), "… 1,184 more"], True),
        (dict.fromkeys(range(52)), "dict", {**{str(key): None for key in range(50)}, "…": "2 more"}, True),
        (["x" * 300], "list", ["x" * 199 + "…"], True),
    ],
)
def test_a_container_is_a_tree_limited_in_depth_and_size(value: Any, type_: str, tree: Any, truncated: bool) -> None:
    shown = preview(value)
    assert shown["kind"] == "tree"
    assert (shown["type"], json.loads(shown["text"]), shown["truncated"]) == (type_, tree, truncated)


def test_a_container_that_contains_itself_ends() -> None:
    value: list[Any] = [1]
    value.append(value)
    assert preview(value) == {"kind": "tree", "type": "list", "text": '[1, "…"]', "truncated": True}


def test_a_wide_and_deep_container_shows_a_bounded_number_of_values() -> None:
    wide: Any = 0
    for _ in range(5):
        wide = [wide] * 50
    shown = preview(wide)
    assert shown["kind"] == "tree"
    assert shown["truncated"]
    assert len(shown["text"]) < 100_000
