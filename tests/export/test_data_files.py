"""The data files for a test module: names, content and limits."""

from __future__ import annotations

import json

import pytest

from headwater.errors import NotWritable
from headwater.export.data_files import DataFiles


def test_without_values_there_are_no_files_and_no_lines():
    files = DataFiles("data")
    assert (files.texts, files.head(), files.imports()) == ({}, [], {})


def test_files_have_unique_names_on_any_system():
    files = DataFiles("data")
    paths = [files.add_text(name, "csv", "a\n") for name in ("rain (mm)", "Rain_mm", "con", "größe", "../../x", "values")]
    assert paths == [
        'DATA / "rain_mm.csv"',
        'DATA / "Rain_mm_2.csv"',
        'DATA / "con_.csv"',
        'DATA / "gr_e.csv"',
        'DATA / "x.csv"',
        'DATA / "values_2.csv"',
    ]
    assert files.head() == ['DATA = Path(__file__).parent / "data"']


def test_values_are_one_json_file_with_a_line_for_each():
    files = DataFiles("data")
    assert [files.add_json(name, json.dumps(value)) for name, value in [("é", [1]), ('a"b', {"c": "d"}), ("é", 2)]] == [
        'VALUES["é"]',
        "VALUES['a\"b']",
        'VALUES["é_"]',
    ]
    assert files.texts == {"values.json": '{\n  "é": [1],\n  "a\\"b": {"c": "d"},\n  "é_": 2\n}\n'}
    assert json.loads(files.texts["values.json"]) == {"é": [1], 'a"b': {"c": "d"}, "é_": 2}
    assert files.head()[1] == 'VALUES = json.loads((DATA / "values.json").read_text(encoding="utf-8"))'


def test_added_files_can_be_removed():
    files = DataFiles("data")
    files.add_json("a", "1")
    before, texts = files.snapshot(), files.texts
    files.add_text("b", "csv", "")
    files.add_json("c", "2")
    assert files.snapshot() != before
    files.restore(before)
    assert (files.snapshot(), files.texts) == (before, texts)


def test_a_file_that_is_too_large_is_refused():
    files = DataFiles("data")
    with pytest.raises(NotWritable) as refused:
        files.add_text("a", "csv", "a" * 8_000_001)
    assert refused.value.message == "its file would have 8,000,001 characters, but the limit is 8,000,000"
    files.add_json("a", "1" * 5_000_000)
    with pytest.raises(NotWritable) as refused:
        files.add_json("b", "2" * 5_000_000)
    assert refused.value.message == "`values.json` would have 10,000,000 characters, but the limit is 8,000,000"
