"""Previews of scalars, text, images and other values."""

from __future__ import annotations

import base64
import datetime as dt
import decimal
import enum
import pathlib
from typing import Any

import pytest

from headwater.previews import preview

PNG = b"\x89PNG\r\n\x1a\n"


class Colour(enum.Enum):
    RED = 1


class Rude:
    def __repr__(self) -> str:
        raise ValueError("no")


class Eager:
    """An object that claims to have every attribute, like a mock."""

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
        (dt.datetime(2012, 1, 2, 3), "datetime", "2012-01-02 03:00:00"),  # noqa: DTZ001 - deliberately naive
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


@pytest.mark.parametrize("drawn", [PNG, (PNG, {"width": 1}), base64.b64encode(PNG).decode()])
def test_an_object_with_a_png_is_an_image(drawn: Any) -> None:
    data = base64.b64encode(PNG).decode()
    assert preview(Drawn(drawn)) == {"kind": "image", "type": "Drawn", "mime": "image/png", "data": data}


def test_an_object_with_a_false_class_is_shown() -> None:
    assert preview(Lying("x"))["kind"] == "text"


@pytest.mark.native
def test_previews_import_no_library(imported_by) -> None:
    loaded = imported_by("from headwater.previews import preview; preview([1])")
    assert "headwater.previews" in loaded
    assert not loaded & {"numpy", "pandas", "matplotlib"}
