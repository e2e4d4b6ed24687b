"""Exports for the page: files with notes, or a refusal."""

from __future__ import annotations

import re

import pytest

from headwater.export.view import export
from headwater.session import Session

FLOW = "def price() -> int:\n    return 20\n\n\ndef total(price: int, count: int = 3) -> int:\n    return price * count\n"


@pytest.fixture
def session():
    with Session() as session:
        yield session


def test_a_test_and_a_script_run_what_they_need(session):
    session.update({"flow.py": FLOW})
    test = export(session, "test", node="total")
    assert (test["name"], test["refusal"]) == ("test_total.py", None)
    assert test["notes"] == ["Save it in the same folder as `flow.py`."]
    assert "assert result == 60" in test["files"]["test_total.py"]
    script = export(session, "script", node="total")
    assert "print(total_value)" in script["files"]["compute_total.py"]


@pytest.mark.parametrize("length", [1, 5_000], ids=["short", "in a data file"])
@pytest.mark.parametrize(
    "name", ["co2.raw", "EWR-ATL", "größe", "rain (mm)", "x" * 200, "class", "con", "values", "total_2026"], ids=range(9)
)
def test_the_file_of_a_test_or_script_is_a_module_that_every_system_can_import(session, name, length):
    function = f"def one() -> list[int]:\n    return list(range({length}))\n"
    session.update({"flow.py": f"from headwater import parameterize\n\n\n@parameterize(**{{{name!r}: {{}}}})\n{function}"})
    test, script = export(session, "test", node=name), export(session, "script", node=name)
    assert (test["refusal"], script["refusal"]) == (None, None)
    assert len(test["files"]) == (1 if length == 1 else 3)
    assert re.fullmatch(r"test_[A-Za-z0-9_]{1,60}\.py", next(iter(test["files"])))
    assert re.fullmatch(r"compute_[A-Za-z0-9_]{1,60}\.py", next(iter(script["files"])))


def test_a_project_computes_the_requested_outputs(session):
    session.update({"flow.py": FLOW})
    view = export(session, "project", outputs=["price"], title="Shop")
    assert view["name"] == "shop"
    assert 'OUTPUTS = ["price"]' in view["files"]["run.py"]
    assert "test_total" not in view["files"]["tests/test_values.py"]


def test_a_script_lists_the_data_that_it_reads(session):
    session.update(
        {"flow.py": "def names() -> str:\n    return open('names.txt').read()\n", "names.txt": "Ann", "more.txt": ""}
    )
    notes = export(session, "script", node="names")["notes"]
    assert notes == ["The script reads `names.txt`, which must be in the same folder."]


@pytest.mark.parametrize(
    ("text", "node", "refusal"),
    [
        ("def total( -> int:\n", None, "The code has an error (flow.py:1): invalid syntax"),
        ("import nowhere_at_all\n", None, "The code has an error (flow.py:1): No module named 'nowhere_at_all'"),
        (FLOW, "totl", "There is no node `totl`. Did you mean `total`?"),
        (FLOW, "count", "`count` is an input, so it has no function to test."),
        ("def bad() -> int:\n    return 1 // 0\n", "bad", "`bad` has no value: it has not run, or it failed."),
    ],
)
def test_a_refusal_has_a_reason(session, text, node, refusal):
    session.update({"flow.py": text})
    view = export(session, "project" if node is None else "test", node=node)
    assert (view["files"], view["refusal"]) == ({}, refusal)


@pytest.mark.parametrize(("kind", "begins"), [("dot", "digraph dataflow {"), ("mermaid", "flowchart TB")])
def test_a_drawing_runs_nothing(session, kind, begins):
    session.update({"flow.py": f"raise SystemExit\n{FLOW}"})
    view = export(session, kind)
    (text,) = view["files"].values()
    assert text.startswith(begins)
    assert "total" in text


def test_a_drawing_is_the_same_before_and_after_a_run(session):
    session.update({"flow.py": FLOW})
    before = export(session, "mermaid")
    session.run()
    assert export(session, "mermaid") == before


def test_changed_code_must_run_before_it_is_recorded(session):
    from headwater.errors import NotWritable

    session.update({"flow.py": FLOW})
    session.run()
    session.recording()
    session.update({"flow.py": FLOW.replace("20", "21")})
    with pytest.raises(NotWritable, match=r"There are no values to export\. Run the current code first\."):
        session.recording()


@pytest.mark.native
def test_a_session_without_exports_imports_nothing_of_them(imported_by):
    loaded = imported_by(
        "from headwater.session import Session\n"
        "with Session() as session:\n"
        "    session.update({'a.py': 'def one() -> int: return 1'})\n"
        "    assert session.run()['ok']"
    )
    assert "headwater.session.session" in loaded
    assert not [name for name in loaded if name.startswith("headwater.export")]
