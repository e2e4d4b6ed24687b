"""The reasons that a run reports for each function that it called."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.session import Session
from headwater.wire.bounds import MAX_CAUSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.wire.views import RunView

Cause = tuple[str, ...]

FLOW = """
import math
from shared import RATE

FACTOR = 2

def _rounded(x):
    return math.floor(x)

def _scaled(x):
    return _rounded(x * FACTOR)

def price(amount: int, rate: int = 1) -> int:
    return _scaled(amount) * RATE

def is_high(price: int) -> bool:
    return price > 100

def label(is_high: bool) -> str:
    return "high" if is_high else "low"
"""
FILES = {"flow.py": FLOW, "shared.py": "RATE = 3"}
INPUTS = {"amount": 2}


def causes(result: RunView) -> dict[str, list[Cause]]:
    """Return the reasons for the calls in a run, keyed by node."""
    return {
        name: [(cause["kind"], cause["name"]) if "name" in cause else (cause["kind"],) for cause in run["causes"]]
        for name, run in result["nodes"].items()
        if "causes" in run
    }


def run(session: Session, files: Mapping[str, str] = FILES, **values: Mapping[str, Any]) -> dict[str, list[Cause]]:
    session.update({name: dedent(text) for name, text in files.items()}, **({"inputs": INPUTS} | values))
    return causes(session.run())


def edited(old: str, new: str, file: str = "flow.py") -> dict[str, str]:
    assert old in FILES[file]
    return {**FILES, file: FILES[file].replace(old, new)}


def test_every_function_of_a_first_run_had_no_value(session: Session) -> None:
    assert run(session) == {"price": [("first",)], "is_high": [("first",)], "label": [("first",)]}


def test_a_reused_value_has_no_reason_because_its_function_was_not_called(session: Session) -> None:
    run(session)
    assert run(session) == {}


@pytest.mark.parametrize(
    ("old", "new", "file", "cause"),
    [
        ("* RATE", "* RATE * 1", "flow.py", ("code",)),
        ("rate: int = 1", "rate: int = 4", "flow.py", ("code",)),
        ("FACTOR = 2", "FACTOR = 4", "flow.py", ("definition", "FACTOR")),
        ("math.floor(x)", "math.ceil(x)", "flow.py", ("definition", "_rounded")),
        ("import math", "import cmath as math", "flow.py", ("definition", "math")),
        ("FACTOR = 2", "OTHER, FACTOR = 1, 4", "flow.py", ("definition", "FACTOR")),
        ("RATE = 3", "RATE = 5", "shared.py", ("definition", "RATE")),
        ("from shared import RATE", "from shared import OTHER as RATE", "flow.py", ("definition", "RATE")),
        ("def _rounded(x)", "def _unused(x)", "flow.py", ("definition", "_rounded")),
        ("FACTOR = 2", "FACTOR = 2\nFACTOR.bit_count()", "flow.py", ("statement", "flow.py")),
    ],
)
def test_a_change_of_code_is_named(session: Session, old: str, new: str, file: str, cause: Cause) -> None:
    files = {**FILES, "shared.py": "RATE = 3\nOTHER = 4"}
    run(session, files)
    assert run(session, {**edited(old, new, file), "shared.py": files["shared.py"].replace(old, new)})["price"] == [cause]


def test_a_comment_or_a_docstring_is_no_reason(session: Session) -> None:
    run(session)
    assert run(session, edited("    return _scaled(amount)", "    '''Doc.'''  # comment\n    return _scaled(amount)")) == {}


def test_an_added_and_a_removed_module_are_named(session: Session) -> None:
    run(session)
    assert run(session, {**FILES, "more.py": "X = 1"})["price"] == [("module", "more.py")]
    assert run(session)["price"] == [("module", "more.py")]


def test_several_changes_are_listed_up_to_a_limit(session: Session) -> None:
    names = [f"A{number}" for number in range(MAX_CAUSES + 2)]
    source = "{}\ndef total(x: int) -> int: return x + " + " + ".join(names)
    first, second = (source.format("\n".join(f"{name} = {number}" for name in names)) for number in (1, 2))
    run(session, {"flow.py": first}, inputs={"x": 1})
    listed = run(session, {"flow.py": second}, inputs={"x": 1})["total"]
    assert len(listed) == MAX_CAUSES
    assert set(listed) <= {("definition", name) for name in names}


def test_a_changed_input_and_a_changed_node_are_named(session: Session) -> None:
    run(session)
    assert run(session, inputs={"amount": 1_000}) == {
        "price": [("input", "amount")],
        "is_high": [("node", "price")],
        "label": [("node", "is_high")],
    }


def test_nodes_downstream_of_an_equal_value_are_not_called(session: Session) -> None:
    run(session)
    assert run(session, inputs={"amount": 3}) == {"price": [("input", "amount")], "is_high": [("node", "price")]}


def test_a_set_or_removed_optional_input_is_named(session: Session) -> None:
    run(session)
    assert run(session, inputs={**INPUTS, "rate": 1})["price"] == [("input", "rate")]
    assert run(session)["price"] == [("input", "rate")]


def test_a_changed_config_value_is_named(session: Session) -> None:
    run(session, config={"rate": 1})
    assert run(session, config={"rate": 2})["price"] == [("config", "rate")]


def test_a_config_value_that_a_decorator_uses_is_named(session: Session) -> None:
    flow = """
    from headwater import resolve, ResolveAt, parameterize, value
    @resolve(when=ResolveAt.CONFIG_AVAILABLE, decorate_with=lambda n: parameterize(total={"by": value(n)}))
    def total(x: int, by: int) -> int: return x * by
    """
    run(session, {"flow.py": flow}, inputs={"x": 1}, config={"n": 2})
    assert run(session, {"flow.py": flow}, inputs={"x": 1}, config={"n": 3})["total"] == [("config", "n")]


def test_another_variant_of_a_function_is_named(session: Session) -> None:
    flow = """
    from headwater import config
    @config.when(mode="a")
    def total__a(x: int) -> int: return x
    @config.when(mode="b")
    def total__b(x: int) -> int: return x
    """
    run(session, {"flow.py": flow}, inputs={"x": 1}, config={"mode": "a"})
    found = run(session, {"flow.py": flow}, inputs={"x": 1}, config={"mode": "b"})["total"]
    assert ("function", "total__b") in found
    assert set(found) <= {("function", "total__b"), ("config", "mode")}


def test_a_set_changed_or_removed_override_is_named(session: Session) -> None:
    run(session)
    expected = {"is_high": [("override", "price")], "label": [("node", "is_high")]}
    assert run(session, overrides={"price": 1_000}) == expected
    assert run(session, overrides={"price": 2_000}) == {"is_high": [("override", "price")]}
    assert run(session) == expected


def test_a_changed_data_file_is_named(session: Session) -> None:
    flow = "from pathlib import Path\ndef text() -> str: return Path(__file__).with_name('a.csv').read_text()"
    run(session, {"flow.py": flow, "a.csv": "1", "b.csv": "1"}, inputs={})
    assert run(session, {"flow.py": flow, "a.csv": "2", "b.csv": "1"}, inputs={}) == {"text": [("data", "a.csv")]}
    assert run(session, {"flow.py": flow, "a.csv": "2"}, inputs={}) == {"text": [("data", "b.csv")]}


def test_a_function_that_reads_source_text_runs_when_any_text_changes(session: Session) -> None:
    flow = "import inspect\ndef text() -> int: return len(inspect.getsource(inspect.currentframe()))\n"
    run(session, {"flow.py": flow}, inputs={})
    assert run(session, {"flow.py": f"{flow}# comment"}, inputs={}) == {"text": [("source_text",)]}


def test_a_function_that_failed_is_called_again(session: Session) -> None:
    broken = edited("math.floor(x)", "math.floor(x) // 0")
    run(session)
    assert run(session, broken) == {"price": [("definition", "_rounded")]}
    assert run(session, broken) == {"price": [("unfinished",)]}
    assert run(session) == {}  # the value from before the failure is valid again
    assert run(session, edited("FACTOR = 2", "FACTOR = 3"))["price"] == [("definition", "FACTOR")]


def test_a_function_that_failed_is_called_with_other_values(session: Session) -> None:
    broken = edited("math.floor(x)", "math.floor(x) // 0")
    run(session, broken)
    assert run(session, broken, inputs={"amount": 5}) == {"price": [("input", "amount")]}


def test_a_function_that_was_interrupted_is_called_again(session: Session) -> None:
    flow = "STOP = {}\ndef slow() -> int:\n    if STOP: raise KeyboardInterrupt\n    return 1"
    run(session, {"flow.py": flow.format("False")}, inputs={})
    session.update({"flow.py": flow.format("True")})
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            session.run()
    assert run(session, {"flow.py": flow.format("(0)")}, inputs={}) == {"slow": [("definition", "STOP")]}


def test_an_interrupted_function_whose_code_is_unchanged_did_not_finish(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    flow = "import os\ndef slow() -> int:\n    if 'HEADWATER_STOP' in os.environ: raise KeyboardInterrupt\n    return 1"
    session.update({"flow.py": flow})
    monkeypatch.setenv("HEADWATER_STOP", "1")
    with pytest.raises(KeyboardInterrupt):
        session.run()
    monkeypatch.delenv("HEADWATER_STOP")
    assert causes(session.run()) == {"slow": [("unfinished",)]}


def test_a_function_whose_value_was_changed_in_place_is_called_again(session: Session) -> None:
    flow = """
    def rows() -> list: return [1]
    def more(rows: list) -> int:
        rows.append(2)
        return len(rows)
    """
    run(session, {"flow.py": flow}, inputs={})
    found = run(session, {"flow.py": flow}, inputs={})
    assert found == {"rows": [("changed_in_place", "rows")], "more": [("changed_in_place", "rows")]}


def test_an_input_that_a_function_changed_in_place_has_not_been_set_by_the_caller(session: Session) -> None:
    flow = "def more(rows: list) -> int:\n    rows.append([])\n    return len(rows)\ndef total(rows: list) -> int: return 1"
    run(session, {"flow.py": flow}, inputs={"rows": [[1]]})
    found = run(session, {"flow.py": flow}, inputs={"rows": [[1]]})
    assert found["more"] == found["total"] == [("changed_in_place", "rows")]


def test_an_iterator_is_computed_again(session: Session) -> None:
    flow = "def rows() -> object: return iter([1])"
    run(session, {"flow.py": flow}, inputs={})
    assert run(session, {"flow.py": flow}, inputs={}) == {"rows": [("iterator",)]}
    reader = f"{flow}\ndef total(rows: object) -> int: return sum(rows)"
    assert run(session, {"flow.py": reader}, inputs={}) == {"rows": [("iterator",)], "total": [("first",)]}
    assert run(session, {"flow.py": reader}, inputs={})["rows"] == [("iterator",)]


def test_a_function_that_uses_shared_state_is_called_in_every_run(session: Session) -> None:
    flow = "SEEN = []\ndef count() -> int:\n    SEEN.append(1)\n    return len(SEEN)"
    run(session, {"flow.py": flow}, inputs={})
    assert run(session, {"flow.py": flow}, inputs={}) == {"count": [("shared_state", "SEEN")]}
    fixed = flow.replace("SEEN.append(1)", "pass")
    assert run(session, {"flow.py": fixed}, inputs={}) == {"count": [("code",)]}


def test_a_function_without_source_is_called_in_every_run(session: Session) -> None:
    flow = "exec('def hidden() -> int: return 1')\nhidden.__module__ = __name__"
    run(session, {"flow.py": flow}, inputs={})
    assert run(session, {"flow.py": flow}, inputs={}) == {"hidden": [("unreadable_code",)]}


def test_a_node_that_returns_after_its_removal_has_no_value(session: Session) -> None:
    run(session)
    run(session, edited("def label", "def _label"))
    assert run(session) == {"label": [("first",)]}


def test_an_input_that_becomes_a_function_has_no_computed_value(session: Session) -> None:
    run(session)
    assert run(session, {**FILES, "flow.py": f"{FLOW}\ndef amount() -> int: return 2"}, inputs={})["amount"] == [("first",)]


def test_a_function_that_was_an_input_in_an_earlier_run_keeps_its_value(session: Session) -> None:
    run(session)
    run(session, edited("def is_high", "def _is_high"))
    assert run(session) == {}


def test_a_function_that_was_an_input_is_called_again_if_its_own_input_disappeared(session: Session) -> None:
    run(session)
    run(session, edited("def price", "def _price"))
    assert run(session) == {"price": [("first",)]}


@given(st.lists(st.sets(st.sampled_from(["price", "is_high", "label"])), max_size=4))
@settings(max_examples=settings.default.max_examples // 4)
def test_functions_may_disappear_and_return_in_any_order(disappeared: list[set[str]]) -> None:
    with Session() as session:
        for names in disappeared:
            flow = FLOW
            for name in names:
                flow = flow.replace(f"def {name}(", f"def _{name}(")
            run(session, {**FILES, "flow.py": flow})
        run(session)
        again = session.run()
    assert {node["state"] for node in again["nodes"].values()} == {"reused"}


# --- any sequence of edits ----------------------------------------------------------------------------------------

USES = {
    "h": ("A",),
    "g": ("h", "B"),
    "first": ("A",),
    "second": ("h",),
    "third": ("g",),
    "fourth": (),
}
"""The constants and helpers that each helper and node uses."""
READS = {"first": ("x",), "second": ("first",), "third": ("first", "second"), "fourth": ("third", "y")}
FAILS = 3
"""A node with this number raises an exception."""


@dataclass(frozen=True)
class State:
    """Everything that a visitor can change: the number of each definition, the inputs and the overrides."""

    numbers: dict[str, int] = field(default_factory=lambda: dict.fromkeys(["A", "B", *USES], 0))
    inputs: dict[str, int] = field(default_factory=lambda: {"x": 0, "y": 0})
    overrides: dict[str, int] = field(default_factory=dict)

    @property
    def source(self) -> str:
        lines = [f"{name} = {self.numbers[name]}" for name in ("A", "B")]
        for name, used in USES.items():
            terms = [f"{each}(1)" if each in USES else each for each in used]
            total = " + ".join([str(self.numbers[name]), *READS.get(name, ()), *terms])
            parameters = ", ".join(f"{each}: int" for each in READS.get(name, ()))
            fails = name in READS and self.numbers[name] == FAILS
            lines.append(f"def {name}({parameters or 'n'}) -> int: return ({total}) % 2{' // 0' if fails else ''}")
        return "\n".join(lines)

    def definitions(self, name: str) -> Iterator[tuple[str, int]]:
        """Yield the definitions that make up a node's code, with their numbers."""
        yield name, self.numbers[name]
        for used in USES.get(name, ()):
            yield from self.definitions(used)


@st.composite
def edits(draw: st.DrawFn, state: State) -> State:
    kind = draw(st.sampled_from(["numbers", "numbers", "inputs", "overrides", "removed overrides", "nothing"]))
    match kind:
        case "numbers":
            changed = {draw(st.sampled_from(sorted(state.numbers))): draw(st.integers(0, FAILS))}
            return replace(state, numbers=state.numbers | changed)
        case "inputs":
            return replace(state, inputs=state.inputs | {draw(st.sampled_from(["x", "y"])): draw(st.integers(0, 2))})
        case "overrides":
            return replace(state, overrides=state.overrides | {draw(st.sampled_from(sorted(READS))): draw(st.integers(0, 2))})
        case "removed overrides":
            return replace(state, overrides={})
        case _:
            return state


@dataclass
class LatestCall:
    """The code and arguments of a node's latest call, and the values that its sources have had since."""

    code: dict[str, int]
    read: dict[str, Any]
    seen: dict[str, list[Any]]
    is_finished: bool


@given(st.data())
@settings(max_examples=settings.default.max_examples * 2 // 5)
def test_the_reasons_name_what_has_changed_since_the_latest_call(data: st.DataObject) -> None:
    calls: dict[str, LatestCall] = {}
    state = State()
    with Session() as session:
        for _ in range(5):
            state = data.draw(edits(state))
            session.update({"flow.py": state.source}, inputs=state.inputs, overrides=state.overrides)
            result = session.run(["fourth"])
            provided = {name: ("provided", value) for name, value in (state.inputs | state.overrides).items()}
            values = {name: ("computed", value) for name, value in session._values_by_name.items()} | provided
            for name, node in result["nodes"].items():
                read = {source: values.get(source) for source in READS[name]}
                if (call := calls.get(name)) is not None:
                    for source, value in read.items():
                        call.seen[source].append(value)
                if node["state"] not in {"succeeded", "failed"}:
                    assert "causes" not in node
                    continue
                code = dict(state.definitions(name))
                check_causes(name, set(causes(result)[name]), call, code, read)
                calls[name] = LatestCall(code, read, {source: [] for source in read}, node["state"] == "succeeded")


def check_causes(name: str, found: set[Cause], call: LatestCall | None, code: dict[str, int], read: dict[str, Any]) -> None:
    if call is None:
        assert found == {("first",)}
        return
    changed = {each for each, number in code.items() if number != call.code[each]}
    assert {cause for cause in found if cause[0] in {"code", "definition"}} == {
        ("code",) if each == name else ("definition", each) for each in changed
    }
    named = {cause[1] for cause in found if cause[0] in {"node", "input", "override"}}
    assert named <= {source for source, seen in call.seen.items() if any(value != call.read[source] for value in seen)}
    assert named >= {source for source, value in read.items() if value is not None and value[1] != call.read[source][1]}
    assert not call.is_finished or ("unfinished",) not in found
    assert found
