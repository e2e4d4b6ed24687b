"""The view of a dataflow in a session, before and after a run."""

from __future__ import annotations

import gc
import sys
import tomllib
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest

from headwater.session import Session

if TYPE_CHECKING:
    from headwater.wire.views import RunView

PRICES = '''
from headwater import tag

RATE = 3


@tag(unit="EUR")
def price(amount: int = 2) -> int:
    """One price."""
    return amount * RATE


def total(price: int, other: float) -> float:
    return price + other
'''

OTHER = """
def other() -> float:
    return 0.5
"""


def run(session: Session, source: str, **options: Any) -> RunView:
    session.update({"flow.py": dedent(source)}, **options)
    return session.run()


def text(result: RunView, name: str) -> str:
    shown = result["outputs"][name]
    assert shown["kind"] != "image"
    assert shown["kind"] != "table"
    return shown["text"]


def states(result: RunView) -> dict[str, str]:
    return {name: node["state"] for name, node in result["nodes"].items()}


def test_an_update_runs_nothing_and_shows_the_outline(session: Session) -> None:
    session.update({"flow.py": "raise SystemExit\ndef total(price: int) -> int: ..."})
    assert [node["name"] for node in session.graph()["nodes"]] == ["price", "total"]


def test_a_run_computes_the_leaf_nodes_and_reports_states(session: Session) -> None:
    session.update({"prices.py": PRICES, "rest.py": OTHER})
    result = session.run()
    assert result["ok"], result["problems"]
    assert result["outputs"] == {"total": {"kind": "scalar", "type": "float", "text": "6.5"}}
    assert (result["ran"], result["reused"], result["total"]) == (3, 0, 3)
    assert states(result) == {"price": "succeeded", "other": "succeeded", "total": "succeeded"}
    assert all(node["seconds"] >= 0 for node in result["nodes"].values())
    assert result["problems"] == []


def test_the_built_graph_has_source_locations(session: Session) -> None:
    session.update({"prices.py": PRICES, "rest.py": OTHER})
    outlined = session.graph()
    built = session.run()["graph"]
    assert session.graph() == built
    assert built == outlined
    assert {key: value for key, value in built["nodes"][1].items() if key != "stamp"} == {
        "name": "price",
        "kind": "function",
        "type": "int",
        "doc": "One price.",
        "tags": {"unit": "EUR"},
        "function": "price",
        "module": "prices",
        "file": "prices.py",
        "line": 8,
        "end": 10,
        "output": False,
        "field": {"kind": "int", "choices": [], "default": None},
    }
    assert {"source": "amount", "target": "price", "optional": True} in built["edges"]


def test_an_edit_shows_the_outline_until_the_next_run(session: Session) -> None:
    run(session, "def a() -> int: return 1")
    session.update({"flow.py": "def b() -> int: return 1"})
    assert [node["name"] for node in session.graph()["nodes"]] == ["b"]


def test_only_nodes_upstream_of_the_requested_outputs_run(session: Session) -> None:
    session.update({"flow.py": "def a() -> int: return 1\ndef b(a: int) -> int: return 2\ndef c(a: int) -> int: return 3"})
    result = session.run(["b", "a", "b"])
    assert list(result["outputs"]) == ["b", "a"]
    assert states(result) == {"a": "succeeded", "b": "succeeded"}
    assert session.preview("c") is None
    assert states(session.run(["c"])) == {"a": "reused", "c": "succeeded"}
    assert session.preview("b") is not None


def test_an_unknown_output_is_a_problem_and_the_others_are_computed(session: Session) -> None:
    session.update({"flow.py": "def price() -> int: return 1"})
    result = session.run(["prise", "price"])
    assert [problem["kind"] for problem in result["problems"]] == ["UnknownNode"]
    assert "Did you mean `price`?" in result["problems"][0]["message"]
    assert text(result, "price") == "1"


def test_every_value_of_a_run_has_a_preview(session: Session) -> None:
    run(session, "def a(x: int = 1) -> int: return x\ndef b(a: int) -> int: return a + 1")
    assert session.preview("a") == {"kind": "scalar", "type": "int", "text": "1"}
    assert session.preview("b") == {"kind": "scalar", "type": "int", "text": "2"}
    assert session.preview("x") is None
    assert session.preview("nothing") is None


def test_states_are_reported_as_they_change(session: Session) -> None:
    session.update({"flow.py": "def a() -> int: return 1\ndef b(a: int) -> int: return 1 // 0\ndef c(b: int) -> int: return 1"})
    states: list[tuple[str, str]] = []
    session.run(on_state=lambda name, state, _: states.append((name, state)))
    assert states == [
        *[(name, "queued") for name in "abc"],
        *[("a", "running"), ("a", "succeeded"), ("b", "running"), ("b", "failed"), ("c", "skipped")],
    ]
    states.clear()
    session.run(on_state=lambda name, state, _: states.append((name, state)))
    assert states == [
        *[("b", "queued"), ("c", "queued")],
        *[("b", "running"), ("b", "failed"), ("c", "skipped")],  # the result reports reused nodes
    ]


def test_a_queued_node_that_is_reused_is_reported(session: Session) -> None:
    text = "def a() -> int: return {}\ndef b(a: int) -> int: return a"
    session.update({"flow.py": text.format(1)})
    session.run()
    session.update({"flow.py": text.format("2 - 1")})
    states: list[tuple[str, str]] = []
    session.run(on_state=lambda name, state, _: states.append((name, state)))
    assert states == [("a", "queued"), ("b", "queued"), ("a", "running"), ("a", "succeeded"), ("b", "reused")]


def test_config_and_inputs_reach_the_dataflow(session: Session) -> None:
    source = """
    from headwater import config

    @config.when(region="us")
    def tax__us() -> float:
        return 0.5

    @config.otherwise
    def tax__else() -> float:
        return 0.25

    def total(price: int, tax: float, rate: int) -> float:
        return price * tax * rate
    """
    result = run(session, source, config={"region": "us", "rate": 2}, inputs={"price": 8})
    assert text(result, "total") == "8.0"
    result = run(session, source, config={"region": "at", "rate": 2}, inputs={"price": 8})
    assert text(result, "total") == "4.0"
    result = run(session, source, config={"region": "at", "rate": 2}, inputs={"price": 16})
    assert (text(result, "total"), states(result)) == ("8.0", {"tax": "reused", "total": "succeeded"})
    result = run(session, source, config={"region": "at", "rate": 2}, inputs={"price": 16})
    assert states(result) == {"tax": "reused", "total": "reused"}


def test_config_keys_of_a_function_have_fields_before_and_after_a_run(session: Session) -> None:
    source = """
    from headwater import config, parameterize, resolve, value

    @config.where(lambda year=2020: year > 2020)
    def tax__late() -> int:
        return 19

    @config.otherwise
    def tax__early() -> int:
        return 16

    @resolve(decorate_with=lambda days: parameterize(**{f"cost_{n}": {"n": value(n)} for n in days}))
    def cost(n: int) -> int:
        return n
    """
    lacking = run(session, source)
    assert "it needs config value `days`" in lacking["problems"][0]["message"]
    requested = {name: field["default"] for name, field in lacking["graph"]["config"].items()}
    result = run(session, source, config={"year": 2022, "days": [7]})
    assert (text(result, "tax"), text(result, "cost_7")) == ("19", "7")
    again = {name: field["default"] for name, field in result["graph"]["config"].items()}
    assert requested == again == {"year": "2020", "days": None}


@pytest.mark.parametrize(
    ("inputs", "kind", "severity"),
    [
        ({"price": "x"}, "WrongInputType", "error"),
        ({"price": 1, "total": 2}, "MisplacedInput", "error"),
        ({"price": 1, "prize": 2}, "UnusedNameWarning", "warning"),
    ],
)
def test_an_invalid_input_is_a_problem(session: Session, inputs: dict[str, Any], kind: str, severity: str) -> None:
    result = run(session, "def total(price: int) -> int: return price", inputs=inputs)
    assert (kind, severity) in [(problem["kind"], problem["severity"]) for problem in result["problems"]]
    assert ("total" in result["outputs"]) == (inputs["price"] == 1)


def test_an_unused_config_key_is_a_warning_at_every_run(session: Session) -> None:
    for _ in range(2):
        result = run(session, "def total() -> int: return 1", config={"regoin": 1})
        assert result["ok"]
        assert [problem["kind"] for problem in result["problems"]] == ["UnusedNameWarning"]


def test_other_nodes_are_computed_if_an_input_is_missing(session: Session) -> None:
    result = run(
        session,
        """
        def a() -> int:
            return 1
        def b(a: int, missing: int) -> int:
            return 2
        def c(b: int) -> int:
            return 3
        def d(a: int, missing: int = 5) -> int:
            return a + missing
        """,
    )
    assert states(result) == {"a": "succeeded", "b": "waiting", "c": "skipped", "d": "succeeded"}
    (problem,) = result["problems"]
    assert (problem["kind"], problem["node"], problem["file"], problem["line"]) == ("MissingInput", "b", "flow.py", 4)
    assert text(result, "d") == "6"
    assert not result["ok"]


def test_modules_import_one_another_and_find_data_files(session: Session) -> None:
    session.update(
        {
            "flow.py": dedent(
                """
                import shared
                from shared import double
                def total(rows: int) -> int:
                    return double(rows) + shared.ONE
                """
            ),
            "shared.py": dedent(
                """
                from pathlib import Path
                ONE = 1
                def _unused(): ...
                def rows() -> int:
                    return len(Path(__file__).with_name("rows.csv").read_text().splitlines()) + len(open("rows.csv").read())
                def double(x: int = 2) -> int:
                    return 2 * x
                """
            ),
            "rows.csv": "a\nb\n",
        }
    )
    result = session.run()
    assert result["problems"] == []
    assert text(result, "total") == "13"


def test_sessions_are_separate_and_leave_nothing_behind() -> None:
    before = set(sys.modules), Path.cwd(), list(sys.meta_path)
    with Session() as first, Session() as second:
        first.update({"flow.py": "from part import X\ndef total() -> int: return X", "part.py": "X = 1"})
        second.update({"flow.py": "from part import X\ndef total() -> int: return X", "part.py": "X = 2"})
        assert [text(session.run(), "total") for session in (first, second, first)] == ["1", "2", "1"]
        directory = first._files.directory
        assert directory.exists()
    assert not directory.exists()
    assert (set(sys.modules) & {"flow", "part"}, Path.cwd(), list(sys.meta_path)) == (set(), *before[1:])


def test_an_outside_module_with_the_same_name_is_restored_after_a_run(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "flow", sys)
    assert run(session, "def total() -> int: return 1")["ok"]
    assert sys.modules["flow"] is sys


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../evil.py", "All files are in one folder"),
        ("/etc/passwd", "All files are in one folder"),
        ("a\\b.csv", "All files are in one folder"),
        ("..", "do not start with a dot"),
        ("", "do not start with a dot"),
        (".hidden", "do not start with a dot"),
        ("a\0b.csv", "printable characters"),
        ("x" * 200, "at most 100 printable characters"),
        ("my-flow.py", "Rename the file, for example to `my_flow.py`."),
        ("class.py", "Rename the file, for example to `flow_class.py`."),
        ("__main__.py", "cannot be imported as a module"),
        ("random.py", "would shadow the installed module `random`"),
        ("hypothesis.py", "would shadow the installed module `hypothesis`"),
        ("headwater.py", "would shadow the installed module `headwater`"),
    ],
)
def test_a_file_with_an_invalid_name_is_left_out_and_reported(session: Session, name: str, reason: str) -> None:
    session.update({name: "raise SystemExit", "flow.py": "def total() -> int: return 1"})
    result = session.run()
    (problem,) = result["problems"]
    assert (problem["kind"], problem["severity"]) == ("FileNameError", "error")
    assert reason in problem["message"]
    assert text(result, "total") == "1"
    assert session.graph()["problems"] == [problem]
    assert sorted(path.name for path in session._files.directory.iterdir() if path.is_file()) == ["flow.py"]


def test_a_removed_file_is_deleted(session: Session) -> None:
    session.update({"flow.py": "def total() -> int: return 1", "a.csv": "1", "gone.py": "X = 1"})
    session.run()
    session.update({"flow.py": "from gone import X\ndef total() -> int: return 1"})
    (problem,) = session.run()["problems"]
    assert (problem["kind"], problem["file"], problem["line"]) == ("ModuleNotFoundError", "flow.py", 1)
    assert not session._files.path("a.csv").exists()


def test_no_files_are_an_empty_dataflow(session: Session) -> None:
    for files in ({}, {"flow.py": ""}, {"a.csv": "1"}):
        session.update(files)
        result = session.run()
        assert (result["ok"], result["total"], result["outputs"]) == (True, 0, {})


def test_the_result_of_a_run_is_json(session: Session) -> None:
    import json

    result = run(session, "def a() -> dict: return {1: {2}}\ndef b(a: dict) -> float: return 1 / 0")
    assert json.loads(json.dumps(result)) == result


def test_a_function_without_known_code_runs_every_time(session: Session) -> None:
    source = "def _make(name):\n    def total() -> int: return 1\n    globals()[name] = total\n_make('total')"
    assert run(session, source)["ok"]
    assert states(session.run()) == {"total": "succeeded"}


@pytest.mark.native
def test_a_run_works_in_a_deleted_working_directory(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert run(session, "def total() -> int: return 1")["ok"]


def test_a_session_that_is_not_closed_leaves_no_directory() -> None:
    session = Session()
    directory = session._files.directory
    del session
    gc.collect()
    assert not directory.exists()


def test_string_annotations_may_refer_to_later_definitions(session: Session) -> None:
    source = """
        from __future__ import annotations

        def price() -> Price:
            return Price()

        def total(price: Price) -> int:
            return 1

        class Price: ...
    """
    result = run(session, source)
    assert (result["problems"], text(result, "total")) == ([], "1")


DOCS = Path(__file__).parents[2] / "docs"
EXAMPLES = DOCS / "examples"


def example_files(name: str) -> dict[str, str]:
    """Return the modules of an example in the docs and the data files that it names."""
    folder = EXAMPLES / name
    settings = tomllib.loads((folder / "example.toml").read_text(encoding="utf-8"))
    modules = [path for path in sorted(folder.glob("*.py")) if path.stem != "run"]
    data = [DOCS / "data" / name for name in settings.get("data", ())]
    return {path.name: path.read_text(encoding="utf-8") for path in [*modules, *data]}


@pytest.mark.parametrize("example", sorted(path.parent.name for path in EXAMPLES.glob("*/example.toml")))
def test_an_example_is_built_as_its_outline_says(session: Session, example: str) -> None:
    files = example_files(example)
    for library in ("pandas", "sklearn", "sqlite3"):
        if any(f"import {library}" in text or f"from {library}" in text for text in files.values()):
            pytest.importorskip(library)
    session.update(files)
    outlined = session.graph()
    result = session.run()
    assert result["graph"]["nodes"] == outlined["nodes"]
    assert result["graph"]["edges"] == outlined["edges"]
    assert result["ok"] == ("mistake" not in example), result["problems"]


STEPS = """
import headwater as hw


def price() -> float:
    return 10.0


def _scaled(amount: float, by: float) -> float:
    return amount * by


"""
ORDERED: dict[str, dict[str, str]] = {
    "a function that uses later functions": {
        "flow.py": "def total(price: float) -> float: ...\ndef price(amount: int) -> float: ...\ndef amount() -> int: ...\n"
    },
    "a function that uses functions from a later module": {
        "report.py": "def report(total: float) -> str: ...\n",
        "flow.py": "def total(price: float) -> float: ...\ndef price() -> float: ...\n",
    },
    "modules that are not in alphabetical order": {
        "zone.py": "def zone() -> int: ...\n",
        "area.py": "import zone\ndef area(zone: int) -> int: ...\n",
        "base.py": "def base(area: int) -> int: ...\n",
    },
    "a function that is defined twice": {
        "flow.py": "def total() -> int: ...\ndef other() -> int: ...\ndef total(other: int) -> int: ...\n"
    },
    "a function with the name of an earlier constant": {
        "flow.py": "total = 1\ndef other() -> int: ...\ndef total(other: int) -> int: ...\n"
    },
    "steps that are defined first": {
        "flow.py": f"{STEPS}@hw.pipe_output(hw.step(_scaled, by=2.0))\ndef total(price: float) -> float: ...\n"
    },
    "steps that are defined in another module": {
        "steps.py": STEPS,
        "flow.py": "import headwater as hw\nfrom steps import _scaled\n\n\ndef late(total: float) -> float: ...\n"
        "@hw.pipe_input(hw.step(_scaled, by=2.0))\ndef total(price: float) -> float: ...\n",
    },
    "a function that changes an earlier function": {
        "flow.py": f"{STEPS}def total(price: float) -> float: ...\n@hw.mutate(price)\ndef _more(value: float) -> float: ...\n"
    },
    "a subdag of a later module": {
        "flow.py": "import headwater as hw\nimport parts\n\n\n@hw.subdag(parts)\ndef total(price: float) -> float: ...\n",
        "parts.py": STEPS,
    },
    "subdags of excluded functions of a later module": {
        "flow.py": "import headwater as hw\nfrom parts import price, rate\n\n\n"
        "@hw.parameterized_subdag(rate, price, a={'inputs': {'x': 1}}, b={'inputs': {'x': 2}})\n"
        "def total(rate: int) -> int: ...\ndef both(a: int, b: int) -> int: ...\n",
        "parts.py": "import headwater as hw\n\n\n@hw.exclude\ndef price(x: int) -> int: ...\n"
        "@hw.exclude\ndef rate(price: int) -> int: ...\n",
    },
    "a subdag in a subdag": {
        "flow.py": "import headwater as hw\nimport inner\n\n\n@hw.subdag(inner)\ndef total(part: int) -> int: ...\n",
        "inner.py": "import headwater as hw\nimport leaves\n\n\n@hw.subdag(leaves)\ndef part(leaf: int) -> int: ...\n",
        "leaves.py": "def leaf(seed: int) -> int: ...\n",
    },
    "columns of functions that are defined later": {
        "flow.py": "import headwater as hw\nimport pandas as pd\nimport columns\n\n\n"
        "@hw.with_columns(columns, columns_to_pass=['x'])\ndef table(raw: pd.DataFrame) -> pd.DataFrame: ...\n"
        "def raw() -> pd.DataFrame: ...\n",
        "columns.py": "import pandas as pd\n\n\ndef twice(x: pd.Series) -> pd.Series: ...\n",
    },
    "variants": {
        "flow.py": "import headwater as hw\n\n\n@hw.config.when(region='us')\ndef rate__us() -> int: ...\n"
        "def total(rate: int) -> int: ...\n@hw.config.when_not(region='us')\ndef rate__other() -> int: ...\n",
    },
}


@pytest.mark.parametrize("files", ORDERED.values(), ids=ORDERED)
def test_a_run_does_not_change_the_order_of_the_graph(session: Session, files: dict[str, str]) -> None:
    if any("pandas" in text for text in files.values()):
        pytest.importorskip("pandas")
    session.update(files)
    outlined = session.graph()
    built = session.run()["graph"]
    assert [node["name"] for node in built["nodes"]] == [node["name"] for node in outlined["nodes"]]
    assert built["edges"] == outlined["edges"]


def test_an_edit_after_a_run_does_not_change_the_order_of_the_graph(session: Session) -> None:
    parts = ["def a(c: int) -> int: return 1\n", "def b() -> int: return 2\n", "def c(b: int) -> int: return 3\n"]
    for order in ([0, 1], [2, 0, 1], [1, 2, 0], [0, 2, 1]):
        session.update({"flow.py": "".join(parts[number] for number in order)}, inputs={})
        outlined = session.graph()
        built = session.run()["graph"]
        assert [node["name"] for node in built["nodes"]] == [node["name"] for node in outlined["nodes"]]
        assert built["edges"] == outlined["edges"]
