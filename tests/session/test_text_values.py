"""Entered values are converted to the types of their nodes. Invalid ones are reported at their fields."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest

from headwater.session import Session
from headwater.session.text_values import TextValue, parse_text_value


def run(session: Session, source: str, files: dict[str, str] | None = None, **texts: dict[str, str]) -> Any:
    values = {role: {name: parse_text_value(text) for name, text in given.items()} for role, given in texts.items()}
    session.update({"flow.py": dedent(source).lstrip(), **(files or {})}, **values)
    return session.run()


def shown(result: Any, name: str = "total") -> str:
    assert result["problems"] == []
    return str(result["outputs"][name]["text"])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("1.0", 1.0),
        ('"a"', "a"),
        ("false", False),
        ("null", None),
        ('"literal:1"', "literal:1"),
        ("literal:1", TextValue("literal", "1")),
        ("date:2024-01-31", TextValue("date", "2024-01-31")),
        ("file:a:b.csv", TextValue("file", "a:b.csv")),
        ("table:a,b\n1,2", TextValue("table", "a,b\n1,2")),
        ("other:1", TextValue("json", "other:1")),
    ],
)
def test_a_text_is_json_or_starts_with_its_form(text: str, value: Any) -> None:
    assert parse_text_value(text) == value
    assert type(parse_text_value(text)) is type(value)


@pytest.mark.parametrize(
    ("annotation", "text", "value"),
    [
        ("list[int]", "literal:[1, 2]", "[1, 2]"),
        ("tuple[int, str]", "literal:(1, 'a')", "(1, 'a')"),
        ("set[int]", "literal:{2}", "{2}"),
        ("dict[str, list[float]]", "literal:{'a': [1.5]}", "{'a': [1.5]}"),
        ("int | None", "literal:None", "None"),
        ("object", "literal:'a'", "'a'"),
        ("list[dt.date]", "literal:[date(2024, 1, 31)]", "[datetime.date(2024, 1, 31)]"),
        ("dt.date", "date:2024-01-31", "datetime.date(2024, 1, 31)"),
        ("dt.date | None", "date:2024-01-31", "datetime.date(2024, 1, 31)"),
        ("dt.datetime", "datetime:2024-01-31T12:30", "datetime.datetime(2024, 1, 31, 12, 30)"),
    ],
)
def test_an_input_is_converted_to_its_type(session: Session, annotation: str, text: str, value: str) -> None:
    source = f"import datetime as dt\ndef total(x: {annotation}) -> str: return repr(x)"
    result = run(session, source, inputs={"x": text})
    assert shown(result) == value


@pytest.mark.parametrize(
    ("annotation", "text", "kind", "message"),
    [
        (
            "list[int]",
            "literal:{1}",
            "WrongInputType",
            "Input `x` must be of type list[int] for `total` (flow.py:2), but got set: {1}.",
        ),
        (
            "tuple[int, int]",
            "literal:[1, 2]",
            "WrongInputType",
            "Input `x` must be of type tuple[int, int] for `total` (flow.py:2), but got list: [1, 2].",
        ),
        (
            "list[str]",
            "literal:[rain]",
            "InvalidValue",
            "Invalid value for the input `x`. `rain` is not defined. If you mean a string, put it in quotes: `'rain'`.",
        ),
        (
            "dt.date",
            "date:2024-02-31",
            "InvalidValue",
            "Invalid value for the input `x`. `2024-02-31` is not a date. Use the format `2024-01-31`.",
        ),
        ("int", "{", "InvalidValue", "Invalid value for the input `x`. This is not valid JSON."),
        (
            "list[int]",
            "file:gone.csv",
            "InvalidValue",
            "Invalid value for the input `x`. The file `gone.csv` no longer exists. Choose another file.",
        ),
        (
            "list[int]",
            "table:a",
            "InvalidValue",
            "Invalid value for the input `x`. A table can be used only for a pandas or polars frame or series.",
        ),
    ],
)
def test_an_invalid_value_is_one_problem_at_its_field(
    session: Session, annotation: str, text: str, kind: str, message: str
) -> None:
    result = run(session, f"import datetime as dt\ndef total(x: {annotation}) -> str: return repr(x)", inputs={"x": text})
    (problem,) = result["problems"]
    assert (problem["kind"], problem["message"]) == (kind, message)
    assert problem["fields"] == [{"role": "inputs", "name": "x"}]
    assert not result["ok"]


def test_a_node_waits_for_an_invalid_input(session: Session) -> None:
    result = run(session, "def total(x: list[int]) -> int: return 1", inputs={"x": "literal:["})
    assert result["nodes"] == {"total": {"state": "waiting", "needs": ["x"]}}


def test_an_invalid_override_does_not_restore_the_value_of_the_function(session: Session) -> None:
    source = "def rain() -> list[int]: return [1]\ndef total(rain: list[int]) -> int: return sum(rain)"
    assert shown(run(session, source, overrides={"rain": "literal:[2, 3]"})) == "5"
    result = run(session, source, overrides={"rain": "literal:["})
    assert {name: node["state"] for name, node in result["nodes"].items()} == {"rain": "failed", "total": "skipped"}
    (problem,) = result["problems"]
    assert problem["fields"] == [{"role": "overrides", "name": "rain"}]


CSV = "day,rain\n1,2.5\n2,3.5\n"


@pytest.mark.parametrize(
    ("library", "annotation", "text", "value"),
    [
        ("pandas as pd", "pd.DataFrame", "file:rain.csv", "(2, 2) ['day', 'rain']"),
        ("pandas as pd", "pd.DataFrame", "file:rain.json", "(2, 2) ['day', 'rain']"),
        ("pandas as pd", "pd.DataFrame", f"table:{CSV}", "(2, 2) ['day', 'rain']"),
        ("pandas as pd", "pd.DataFrame", f"table:{CSV.replace(',', chr(9))}", "(2, 2) ['day', 'rain']"),
        ("pandas as pd", "pd.DataFrame", f"table:{CSV.replace(',', ';')}", "(2, 2) ['day', 'rain']"),
        ("pandas as pd", "pd.DataFrame | None", f"table:{CSV}", "(2, 2) ['day', 'rain']"),
        ("polars as pl", "pl.DataFrame", "file:rain.csv", "(2, 2) ['day', 'rain']"),
        ("polars as pl", "pl.DataFrame", "file:rain.json", "(2, 2) ['day', 'rain']"),
        ("polars as pl", "pl.DataFrame", f"table:{CSV.replace(',', chr(9))}", "(2, 2) ['day', 'rain']"),
    ],
)
def test_a_frame_is_read_from_a_file_or_from_text(
    session: Session, library: str, annotation: str, text: str, value: str
) -> None:
    pytest.importorskip(library.split(" ", maxsplit=1)[0])
    source = f"import {library}\ndef total(x: {annotation}) -> str: return f'{{x.shape}} {{list(x.columns)}}'"
    files = {"rain.csv": CSV, "rain.json": '[{"day": 1, "rain": 2.5}, {"day": 2, "rain": 3.5}]'}
    assert shown(run(session, source, files, inputs={"x": text})) == value


@pytest.mark.parametrize(
    ("library", "annotation", "text", "value"),
    [
        ("pandas as pd", "pd.Series", f"table:{CSV}", "6.0 [1, 2]"),
        ("pandas as pd", "pd.Series", "table:rain\n2.5\n3.5", "6.0 [0, 1]"),
        ("pandas as pd", "pd.Series", "table:[2.5, 3.5]", "6.0 [0, 1]"),
        ("polars as pl", "pl.Series", "table:rain\n2.5\n3.5", "6.0 []"),
    ],
)
def test_a_series_is_read_from_a_column(session: Session, library: str, annotation: str, text: str, value: str) -> None:
    pytest.importorskip(library.split(" ", maxsplit=1)[0])
    source = f"import {library}\ndef total(x: {annotation}) -> str: return f'{{x.sum()}} {{list(getattr(x, \"index\", []))}}'"
    assert shown(run(session, source, inputs={"x": text})) == value


def test_a_lazy_frame_of_polars_is_read(session: Session) -> None:
    pytest.importorskip("polars")
    source = "import polars as pl\ndef total(x: pl.LazyFrame) -> int: return x.collect().height"
    assert shown(run(session, source, inputs={"x": f"table:{CSV}"})) == "2"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "table:a,b,c\n1,2,3",
            (
                "Invalid value for the input `x`. The CSV cannot be read as a Series: a Series needs one column, or an index "
                "and one column, but the table has 3 columns."
            ),
        ),
        (
            "table:",
            "Invalid value for the input `x`. The CSV cannot be read as a Series: No columns to parse from file.",
        ),
    ],
)
def test_an_invalid_table_says_why(session: Session, text: str, message: str) -> None:
    pytest.importorskip("pandas")
    result = run(session, "import pandas as pd\ndef total(x: pd.Series) -> int: return 1", inputs={"x": text})
    assert [problem["message"] for problem in result["problems"]] == [message]


def test_a_node_is_reused_while_its_table_is_equal(session: Session) -> None:
    pytest.importorskip("pandas")
    source = "import pandas as pd\ndef total(x: pd.DataFrame) -> int: return len(x)"
    files = {"rain.csv": CSV}
    run(session, source, files, inputs={"x": "file:rain.csv"})
    assert run(session, source, files, inputs={"x": "file:rain.csv"})["reused"] == 1
    changed = run(session, source, {"rain.csv": CSV + "3,1.0\n"}, inputs={"x": "file:rain.csv"})
    assert shown(changed) == "3"


def test_an_entered_value_is_shown_with_the_type_and_recorded(session: Session) -> None:
    run(session, "def total(x: list[int]) -> int: return sum(x)", inputs={"x": "literal:[1, 2]"})
    assert session.graph()["nodes"][0]["type"] == "list[int] = [1, 2]"
    assert session.recording().inputs == {"x": [1, 2]}
