"""Fields of inputs and config keys, and their defaults."""

import pytest

from headwater.outline import outline

HEAD = """
from typing import Any, Literal
import datetime as dt
import numpy as np
import pandas as pd
import polars as pl
from headwater import config
"""


@pytest.mark.parametrize(
    ("parameter", "field"),
    [
        ("x: int = 14", {"kind": "int", "choices": [], "default": "14"}),
        ("x: float = 1.0", {"kind": "float", "choices": [], "default": "1.0"}),
        ("x: float = float('inf')", {"kind": "float", "choices": [], "default": None}),
        ("x: bool = True", {"kind": "bool", "choices": [], "default": "true"}),
        ("x: str", {"kind": "str", "choices": [], "default": None}),
        ("x: Literal['a', 2] = 'a'", {"kind": "choice", "choices": ['"a"', "2"], "default": '"a"'}),
        ("x: Literal['a', b'b']", None),
        ("x: int | None = None", {"kind": "literal", "choices": [], "default": "literal:None"}),
        ("x: list[int]", {"kind": "literal", "choices": [], "default": None}),
        ("x: tuple[int, ...] = (1, 2)", {"kind": "literal", "choices": [], "default": "literal:(1, 2)"}),
        ("x: dict[str, list[float]]", {"kind": "literal", "choices": [], "default": None}),
        ("x: set[str]", {"kind": "literal", "choices": [], "default": None}),
        ("x: Any = 3", {"kind": "literal", "choices": [], "default": "literal:3"}),
        ("x: list[float] = [float('nan')]", {"kind": "literal", "choices": [], "default": None}),
        ("x: pd.Series", {"kind": "table", "choices": [], "default": None}),
        ("x: pd.DataFrame | None = None", {"kind": "table", "choices": [], "default": None}),
        ("x: pl.LazyFrame", {"kind": "table", "choices": [], "default": None}),
        ("x: dt.date", {"kind": "date", "choices": [], "default": None}),
        ("x: dt.date | None = None", {"kind": "date", "choices": [], "default": None}),
        ("x: dt.datetime", {"kind": "datetime", "choices": [], "default": None}),
        ("x: np.ndarray", None),
        ("x: np.ndarray | None = None", None),
        ("x: pd.Timestamp", None),
    ],
)
def test_an_input_can_be_entered_in_the_way_of_its_type(parameter, field):
    view = outline({"a.py": f"{HEAD}def total({parameter}) -> int: ..."})
    assert view["nodes"][0].get("field") == field


@pytest.mark.parametrize(
    ("returns", "kind"),
    [
        ("int", "int"),
        ("bool", "bool"),
        ("Literal['a', 'b']", "choice"),
        ("int | None", "json"),
        ("list[float]", "json"),
        ("dict", "json"),
        ("object", "json"),
        ("bytes", "literal"),
        ("set[int]", "literal"),
        ("dt.date", "date"),
        ("pd.DataFrame", "table"),
        ("np.ndarray", None),
    ],
)
def test_a_function_of_a_type_that_can_be_typed_in_can_be_overridden(returns, kind):
    view = outline({"a.py": f"{HEAD}def total() -> {returns}: ..."})
    field = view["nodes"][0].get("field")
    assert (field["kind"] if field else None) == kind
    assert field is None or field["default"] is None


def test_readers_that_disagree_have_no_common_default():
    view = outline({"a.py": "def one(x: int = 1) -> int: ...\ndef two(x: int = 2) -> int: ..."})
    assert view["nodes"][0].get("field") == {"kind": "int", "choices": [], "default": None}


def test_the_config_keys_of_all_variants_are_listed_with_their_values():
    variants = """
@config.when(region="us")
def tax__us() -> int: ...
@config.when_in(region=["fr", "us"], level=[1, 2])
def tax__fr() -> int: ...
@config.when_not(level=None)
def duty() -> int: ...
@config.otherwise
def tax__other() -> int: ...
"""
    assert outline({"a.py": HEAD + variants}).get("config") == {
        "region": {"kind": "choice", "choices": ['"us"', '"fr"'], "default": None},
        "level": {"kind": "choice", "choices": ["1", "2"], "default": None},
    }
    assert "config" not in outline({"a.py": "def total() -> int: ..."})
