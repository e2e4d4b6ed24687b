"""Values as JSON, and expressions that restore them."""

from __future__ import annotations

import datetime as dt
import decimal
import json

import pytest

from headwater.export.data_files import DataFiles
from headwater.literals.errors import NoFileFormat
from headwater.literals.json_values import is_identical, json_piece
from headwater.literals.literals import Literals

DAY = dt.date(2026, 1, 1)


@pytest.mark.parametrize(
    ("value", "code", "stored"),
    [
        ([1, None, "a"], 'VALUES["value"]', [1, None, "a"]),
        ((1, 2), 'tuple(VALUES["value"])', [1, 2]),
        ({2, 1}, 'set(VALUES["value"])', [1, 2]),
        ([(1, 2)], '[tuple(item) for item in VALUES["value"]]', [[1, 2]]),
        ([DAY], '[datetime.date.fromisoformat(item) for item in VALUES["value"]]', ["2026-01-01"]),
        (
            [DAY, None],
            '[(None if item is None else datetime.date.fromisoformat(item)) for item in VALUES["value"]]',
            ["2026-01-01", None],
        ),
        (
            {"a": DAY},
            '{key: datetime.date.fromisoformat(item) for key, item in VALUES["value"].items()}',
            {"a": "2026-01-01"},
        ),
        ({1: "a"}, '{key: item for key, item in VALUES["value"]}', [[1, "a"]]),
        (
            {"a": DAY, "b": decimal.Decimal(1)},
            (
                "{key: (datetime.date.fromisoformat(item[1]) if item[0] == 0 else decimal.Decimal(item[1])) "
                'for key, item in VALUES["value"].items()}'
            ),
            {"a": [0, "2026-01-01"], "b": [1, "1"]},
        ),
    ],
    ids=repr,
)
def test_a_value_is_stored_with_the_code_that_restores_it(value, code, stored):
    files = DataFiles("data")
    assert json_piece(value, Literals(files)) == code
    assert json.loads(files.texts["values.json"])["value"] == stored


def test_floats_of_a_result_are_compared_with_a_tolerance():
    files = DataFiles("data")
    literals = Literals(files)
    literals.approximate = True
    assert json_piece([0.5], literals) == '[pytest.approx(item, nan_ok=True) for item in VALUES["value"]]'
    assert literals.approximate
    assert "pytest" in literals.imports


@pytest.mark.parametrize(
    "value", [object(), [object()], {"a": print}, [iter(())], [Exception()]], ids=lambda value: type(value).__name__
)
def test_a_value_that_json_cannot_represent_leaves_nothing_behind(value):
    files = DataFiles("data")
    literals = Literals(files)
    with pytest.raises(NoFileFormat, match="JSON cannot represent "):
        json_piece(value, literals)
    assert (files.texts, literals.imports) == ({}, {})


@pytest.mark.parametrize(
    ("left", "right"),
    [(1, 1.0), (1, True), (0.0, -0.0), ([1], (1,)), ({1: 2, 3: 4}, {3: 4, 1: 2}), ({1}, {1.0}), ([1], [1, 2]), ("a", b"a")],
    ids=repr,
)
def test_equal_values_of_different_types_are_not_identical(left, right):
    assert not is_identical(left, right)
    assert is_identical(left, left)
    assert is_identical(float("nan"), float("nan"))
