"""What is shown of values."""

from __future__ import annotations

import base64
import collections
import dataclasses
import datetime as dt
import decimal
import enum
import json
import pathlib
import subprocess
import sys
from typing import Any

import pytest

from headwater.previews import preview

PNG = b"\x89PNG\r\n\x1a\n"


class Colour(enum.Enum):
    RED = 1


@dataclasses.dataclass
class Point:
    x: int
    y: Any
    secret: int = dataclasses.field(default=0, repr=False)


Pair = collections.namedtuple("Pair", "left right")  # noqa: PYI024 - what is tested


class Rude:
    def __repr__(self) -> str:
        raise ValueError("no")


class Eager:
    """Claims to have every attribute, as mocks do."""

    def __getattr__(self, name: str) -> Any:
        return lambda: 1 / 0

    def __repr__(self) -> str:
        return "Eager()"


class Drawn:
    def __init__(self, drawn: Any) -> None:
        self.drawn = drawn

    def _repr_png_(self) -> Any:
        return self.drawn

    def __repr__(self) -> str:
        return "Drawn()"


class Lying(Exception):
    @property
    def __class__(self) -> Any:
        raise RuntimeError


@pytest.mark.parametrize(
    ("value", "type_", "text"),
    [
        (None, "None", "None"),
        (True, "bool", "True"),
        (7, "int", "7"),
        (0.1, "float", "0.1"),
        (float("nan"), "float", "nan"),
        ("rain", "str", "rain"),
        ("", "str", ""),
        ("lone \ud800", "str", "lone ?"),
        (dt.date(2012, 1, 2), "date", "2012-01-02"),
        (dt.datetime(2012, 1, 2, 3), "datetime", "2012-01-02 03:00:00"),  # noqa: DTZ001 - without a zone is fine
        (dt.timedelta(hours=1), "timedelta", "1:00:00"),
        (decimal.Decimal("1.10"), "Decimal", "1.10"),
        (Colour.RED, "Colour", "Colour.RED"),
        (pathlib.PurePosixPath("a/b"), "PurePosixPath", "a/b"),
        pytest.param(10**5000, "int", "<int that cannot be printed: ValueError>", id="an int of 5,000 digits"),
    ],
)
def test_a_scalar_is_its_text(value: Any, type_: str, text: str) -> None:
    assert preview(value) == {"kind": "scalar", "type": type_, "text": text}


@pytest.mark.parametrize(
    ("value", "type_", "text", "truncated"),
    [
        ("two\nlines", "str", "two\nlines", False),
        ("x" * 30_000, "str", "x" * 20_000, True),
        (Rude(), "Rude", "<Rude that cannot be printed: ValueError>", False),
        (Eager(), "Eager", "Eager()", False),
        (Drawn(None), "Drawn", "Drawn()", False),
        (Drawn(b"x" * 5_000_000), "Drawn", "Drawn()", False),
        (b"ab", "bytes", "b'ab'", False),
        (len, "builtin_function_or_method", "<built-in function len>", False),
    ],
)
def test_anything_else_is_a_text(value: Any, type_: str, text: str, truncated: bool) -> None:
    assert preview(value) == {"kind": "text", "type": type_, "text": text, "truncated": truncated}


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
def test_a_container_is_a_tree_capped_in_depth_and_size(value: Any, type_: str, tree: Any, truncated: bool) -> None:
    shown = preview(value)
    assert shown["kind"] == "tree"
    assert (shown["type"], json.loads(shown["text"]), shown["truncated"]) == (type_, tree, truncated)


def test_a_container_that_holds_itself_ends() -> None:
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


@pytest.mark.parametrize("drawn", [PNG, (PNG, {"width": 1}), base64.b64encode(PNG).decode()])
def test_an_object_that_draws_itself_is_an_image(drawn: Any) -> None:
    data = base64.b64encode(PNG).decode()
    assert preview(Drawn(drawn)) == {"kind": "image", "type": "Drawn", "mime": "image/png", "data": data}


def test_an_object_that_lies_about_its_class_is_shown() -> None:
    assert preview(Lying("x"))["kind"] == "text"


@pytest.mark.native
def test_previews_import_no_library() -> None:
    code = "import sys, headwater.previews as p; p.preview([1]); print({'numpy', 'pandas', 'matplotlib'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert done.stdout == "set()\n"
