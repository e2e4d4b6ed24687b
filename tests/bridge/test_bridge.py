"""The Python side of the playground's protocol answers JSON requests with JSON replies."""

import importlib.util
import json
import random
import sys
import weakref
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from headwater.wire.bounds import MAX_ATTRIBUTES, MAX_COMPLETION_LENGTH, MAX_COMPLETIONS

SOURCE = Path(__file__).parents[2] / "playground/src/runtime/bridge.py"
FILES = {"prices.py": "def rate() -> int:\n    return 2\n\ndef total(rate: int) -> int:\n    return rate * 3\n"}

Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def bridge_module() -> ModuleType:
    """Return the bridge after a run. The run imports the modules of the engine that the page's memory snapshot contains."""
    spec = importlib.util.spec_from_file_location("bridge", SOURCE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    run = {"kind": "run", "id": 1, "session": "a", "files": {"a.py": "def one() -> int: return 1"}, "outputs": None}
    module.Bridge().answer(json.dumps(run), lambda _: None)
    return module


@pytest.fixture
def messages() -> list[dict[str, Any]]:
    """The messages that the bridge sent before its replies."""
    return []


@pytest.fixture
def ask(bridge_module: ModuleType, messages: list[dict[str, Any]]) -> Ask:
    """Return a function that sends requests to a new bridge."""
    bridge = bridge_module.Bridge()

    def asking(kind: str, *, id: int = 1, session: str = "a", **rest: object) -> dict[str, Any]:  # noqa: A002
        request = {"kind": kind, "id": id, "session": session, **rest}
        return json.loads(bridge.answer(json.dumps(request), lambda text: messages.append(json.loads(text))))

    return asking


def test_an_outline_is_a_graph_of_files_that_do_not_run(ask: Ask) -> None:
    reply = ask("outline", id=7, files={"a.py": "raise SystemExit\ndef total(rate: int) -> int: ..."})
    assert (reply["kind"], reply["id"], reply["session"]) == ("graph", 7, "a")
    assert {node["name"] for node in reply["graph"]["nodes"]} == {"rate", "total"}


def test_a_run_reports_the_progress_of_functions_that_are_called_for_each_element(
    ask: Ask, messages: list[dict[str, Any]]
) -> None:
    source = """
from headwater import Parallelizable

def word(text: str = "to be") -> Parallelizable[str]:
    return text.split()

def length(word: str) -> int:
    return len(word)
"""
    ask("run", files={"a.py": source}, outputs=None)
    about = {"id": 1, "session": "a", "kind": "state"}
    assert {**about, "node": "word", "state": "succeeded"} in messages
    assert {**about, "node": "length", "state": "running", "elements": {"computed": 0, "total": 2}} in messages
    assert messages[-1] == {**about, "node": "length", "state": "succeeded", "elements": {"computed": 2, "total": 2}}


def test_an_outline_has_stamps_if_requested(ask: Ask) -> None:
    files = {"a.py": "def total() -> int: ..."}
    assert "stamp" not in ask("outline", files=files, stamps=False)["graph"]["nodes"][0]
    assert "stamp" in ask("outline", files=files)["graph"]["nodes"][0]


def test_a_page_with_an_earlier_graph_gets_the_difference(ask: Ask) -> None:
    first = ask("outline", files=FILES)
    result = ask("run", files=FILES, outputs=None, since=first["version"])
    assert result["result"]["graph"] == {**first["graph"], "since": first["version"], "nodes": [], "order": None, "edges": None}
    edited = {"prices.py": FILES["prices.py"].replace("rate * 3", "rate * 4")}
    change = ask("outline", files=edited, since=result["version"])["graph"]
    assert [node["name"] for node in change["nodes"]] == ["total"]
    assert ask("outline", files=edited)["graph"] == ask("outline", session="b", files=edited)["graph"]


@pytest.fixture
def early(bridge_module: ModuleType) -> Callable[..., Any]:
    """Return a function that requests a run twice, while files are downloading and afterwards, and returns both replies."""
    bridge = bridge_module.Bridge()

    def asking(source: str) -> tuple[Any, Any]:
        request = json.dumps({"kind": "run", "id": 1, "session": "a", "files": {"a.py": source}, "outputs": None})
        reply = bridge.early(request, lambda _: None)
        return reply and json.loads(reply)["result"], json.loads(bridge.answer(request, lambda _: None))["result"]

    return asking


def test_a_run_that_needs_no_module_files_does_not_wait_for_them(early: Callable[..., Any]) -> None:
    at_first, later = early("import math\ndef total() -> float: return math.floor(2.5)")
    assert (at_first["outputs"]["total"]["text"], at_first["ran"]) == ("2", 1)
    assert (later["outputs"]["total"]["text"], later["reused"]) == ("2", 1)


def test_a_run_that_needs_a_module_file_is_deferred_and_leaves_nothing_behind(
    early: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    source = (
        "def found() -> str:\n    try:\n        return __import__('colorsys').__name__\n"
        "    except ImportError:\n        return 'none'"
    )
    at_first, later = early(source)
    assert at_first is None
    assert (later["outputs"]["found"]["text"], later["ran"]) == ("colorsys", 1)


def test_a_run_after_an_edit_reuses_values_even_if_it_needs_a_module_file(
    bridge_module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    source = "def first() -> int:\n    return 1\n\ndef second(first: int) -> object:\n    return first"
    edited = source + " + len(__import__('colorsys').__name__)"
    bridge = bridge_module.Bridge()

    def request(text: str) -> str:
        return json.dumps({"kind": "run", "id": 1, "session": "a", "files": {"a.py": text}, "outputs": None})

    assert bridge.early(request(source), lambda _: None) is not None
    assert bridge.early(request(edited), lambda _: None) is None
    result = json.loads(bridge.answer(request(edited), lambda _: None))["result"]
    assert (result["outputs"]["second"]["text"], result["ran"], result["reused"]) == ("9", 1, 1)


def test_a_check_waits_for_module_files(bridge_module: ModuleType) -> None:
    bridge = bridge_module.Bridge()
    run = {"kind": "run", "id": 1, "session": "a", "files": {"a.py": "def one() -> int: return 1"}, "outputs": None}
    assert bridge.early(json.dumps(run), lambda _: None) is not None
    check = json.dumps({"kind": "check", "id": 2, "session": "a", "source": "assert value('one') == 1", "start": {}})
    assert bridge.early(check, lambda _: None) is None
    assert json.loads(bridge.answer(check, lambda _: None))["check"]["passed"]


def test_a_preview_that_needs_a_module_file_waits_and_the_value_is_reused(
    bridge_module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = (
        "class Lazy:\n    def __repr__(self) -> str: return __import__('colorsys').__name__\n"
        "def lazy() -> Lazy: return Lazy()\ndef last(lazy: Lazy) -> int: return 1"
    )
    bridge = bridge_module.Bridge()
    about = {"id": 1, "session": "a"}
    bridge.answer(json.dumps({"kind": "run", **about, "files": {"a.py": source}, "outputs": None}), lambda _: None)
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    request = json.dumps({"kind": "preview", **about, "node": "lazy"})
    assert bridge.early(request, lambda _: None) is None
    assert json.loads(bridge.answer(request, lambda _: None))["preview"]["text"] == "colorsys"


def test_a_run_with_imports_that_are_not_in_memory_waits(early: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    at_first, later = early("import colorsys\ndef total() -> float: return colorsys.ONE_THIRD")
    assert at_first is None
    assert later["ok"]


def test_a_run_sends_states_before_its_result(ask: Ask, messages: list[dict[str, Any]]) -> None:
    reply = ask("run", id=3, files=FILES, outputs=["total"])
    assert reply["kind"] == "result"
    assert reply["result"]["outputs"]["total"]["text"] == "6"
    assert all((message["kind"], message["id"], message["session"]) == ("state", 3, "a") for message in messages)
    assert [message["state"] for message in messages if message["node"] == "total"][-2:] == ["running", "succeeded"]


def test_a_preview_is_of_the_latest_run(ask: Ask) -> None:
    ask("run", files=FILES, outputs=None)
    assert ask("preview", node="rate")["preview"] == {"kind": "scalar", "type": "int", "text": "2"}
    assert ask("preview", node="nothing")["preview"] is None


def test_completions_are_the_keys_of_a_value_of_the_latest_run(ask: Ask) -> None:
    source = "def costs() -> dict[str, int]:\n    return {'rent': 9}\n"
    ask("outline", files={"a.py": source})
    assert ask("complete", node="costs") == {"id": 1, "session": "a", "kind": "completions", "completions": []}
    ask("run", files={"a.py": source}, outputs=None)
    ask("outline", files={"a.py": source + "def rent(costs):\n    return costs['"})
    assert ask("complete", node="costs")["completions"] == [{"name": "rent", "type": "int"}]


def test_the_largest_completions_fit_into_a_reply(ask: Ask) -> None:
    clouds = f"chr(0x1F327) * {MAX_COMPLETION_LENGTH - 4}"
    source = f"def wide() -> dict[str, int]:\n    return {{f'{{n:04}}' + {clouds}: n for n in range(999)}}"
    ask("run", files={"a.py": source}, outputs=["wide"])
    assert len(ask("complete", node="wide")["completions"]) == MAX_COMPLETIONS


def test_an_export_is_of_the_files_and_values_that_were_sent(ask: Ask) -> None:
    wish = {"files": FILES, "outputs": None, "title": "Prices", "link": None, "engine": None}
    reply = ask("export", export="script", node="total", **wish)
    assert reply["kind"] == "export"
    assert list(reply["export"]["files"]) == ["compute_total.py"]
    twice = {"files": {"a.py": "def twice(n: int) -> int: return 2 * n"}, "values": {"inputs": {"n": "4"}, "config": {}}}
    reply = ask("export", export="test", node="twice", **{**wish, **twice})
    assert "assert result == 8" in reply["export"]["files"]["test_twice.py"]
    assert "`missing`" in ask("export", export="test", node="missing", **wish)["export"]["refusal"]


def test_a_preview_of_a_table_starts_at_the_requested_cell(ask: Ask) -> None:
    ask("run", files={"a.py": "import numpy as np\ndef many() -> np.ndarray: return np.arange(200)"}, outputs=None)
    shown = ask("preview", node="many", row=120)["preview"]
    assert (shown["row"], shown["rows"][0], shown["shape"]) == (120, ["120"], [200, 1])


def test_an_entered_value_keeps_its_type_and_reruns_only_its_users(ask: Ask) -> None:
    files = {
        "a.py": "from headwater import config\n"
        "def shown(rate: float = 1.0) -> str: return repr(rate)\n"
        "def other(days: int = 3) -> int: return days\n"
        "@config.when(kind='loud')\n"
        "def said__loud(shown: str) -> str: return shown + '!'\n"
        "@config.otherwise\n"
        "def said__plain(shown: str) -> str: return shown\n"
    }
    ask("run", files=files, outputs=None)
    values = {"inputs": {"rate": "2.0"}, "config": {}}
    result = ask("run", files=files, outputs=None, values=values)["result"]
    assert {name: node["state"] for name, node in result["nodes"].items()} == {
        "shown": "succeeded",
        "other": "reused",
        "said": "succeeded",
    }
    assert result["outputs"]["said"]["text"] == "2.0"
    values["config"]["kind"] = '"loud"'
    assert ask("outline", files=files, values=values)["graph"]["config"]["kind"]["choices"] == ['"loud"']
    result = ask("run", files=files, outputs=None, values=values)["result"]
    assert (result["outputs"]["said"]["text"], result["ran"]) == ("2.0!", 1)
    assert result["graph"]["config"]["kind"] == {"kind": "choice", "choices": ['"loud"'], "default": None}


def test_sessions_are_independent(ask: Ask) -> None:
    ask("run", session="a", files=FILES, outputs=None)
    assert ask("preview", session="b", node="rate")["preview"] is None


def test_a_closed_session_starts_again(ask: Ask) -> None:
    ask("run", files=FILES, outputs=None)
    assert ask("close")["kind"] == "closed"
    assert ask("preview", node="rate")["preview"] is None


def test_an_exception_of_user_code_is_a_problem_of_the_result(ask: Ask) -> None:
    reply = ask("run", files={"a.py": "def broken() -> int:\n    return 1 // 0\n"}, outputs=None)
    assert reply["result"]["problems"][0]["kind"] == "ZeroDivisionError"


def test_an_error_in_the_bridge_is_reported(ask: Ask) -> None:
    assert ask("dance") == {
        "kind": "crashed",
        "id": 1,
        "session": "a",
        "message": "ValueError: unknown request kind 'dance'",
    }


def test_an_interrupt_is_reported_by_name(ask: Ask) -> None:
    reply = ask("run", files={"a.py": "def f() -> int:\n    raise KeyboardInterrupt\n"}, outputs=None)
    assert (reply["kind"], reply["message"]) == ("crashed", "KeyboardInterrupt")


def test_two_sessions_are_compared(ask: Ask) -> None:
    ask("run", session="before", files=FILES, outputs=None)
    ask("run", session="after", files={"prices.py": FILES["prices.py"].replace("return 2", "return 3")}, outputs=None)
    reply = ask("compare", session="after", before="before")
    assert (reply["kind"], reply["session"]) == ("comparison", "after")
    assert reply["comparison"]["nodes"] == {
        "rate": {"code": "changed", "value": "different"},
        "total": {"code": "same", "value": "different"},
    }


def test_a_lesson_is_checked_against_the_latest_run(ask: Ask) -> None:
    ask("run", files=FILES, outputs=None)
    reply = ask("check", source="assert value('rate') == 3, 'The rate is three.'")
    assert reply["kind"] == "checked"
    assert reply["check"] == {"passed": False, "message": "The rate is three.", "criteria": []}


def test_a_lesson_is_checked_with_its_start_the_answer_and_mutants(ask: Ask) -> None:
    tests = "from rates import rate\ndef test_rate(): assert rate() == 2"
    ask("run", files={**FILES, "test_rates.py": tests}, outputs=None)
    check = "expect(selected == {'rate'}, 'Answer'); expect(start.value('rate') == 2, 'Start'); check_tests()"
    start = {"rates.py": "def rate() -> int: return 2"}
    mutants = [{"fault": "The rate is one.", "files": {"rates.py": "def rate(): return 1"}}]
    reply = ask("check", source=check, selected=["rate"], start=start, mutants=mutants)
    assert reply["check"]["message"] == ""
    assert len(reply["check"]["criteria"]) == 5


def test_garbage_is_collected_on_request_even_if_code_replaces_the_collector(
    bridge_module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Cycle:
        def __init__(self) -> None:
            self.itself = self

    bridge = bridge_module.Bridge()
    monkeypatch.setattr("gc.collect", pytest.fail)
    cycle = weakref.ref(Cycle())
    bridge.collect_garbage()
    assert cycle() is None


def test_reseeding_changes_the_random_numbers(bridge_module: ModuleType) -> None:
    thrown = set()
    for _ in range(2):
        random.seed(1)
        np.random.seed(1)  # noqa: NPY002 - code may use the global generator
        bridge_module.reseed()
        thrown.add((random.random(), np.random.random()))  # noqa: NPY002, S311 - tests the global generators
    assert len(thrown) == 2


def test_a_request_that_imports_a_pack_is_answered_after_the_pack_is_installed(
    bridge_module: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source = """
def slow() -> int:
    return 1

def total(slow: int) -> int:
    try:
        import packed_library
    except ImportError:
        return 0
    return packed_library.VALUE
"""
    bridge, needed = bridge_module.Bridge(), list[str]()
    bridge.register_packs('{"packed_library": "packed.zip"}')
    request = json.dumps({"kind": "run", "id": 1, "session": "a", "files": {"flow.py": source}, "outputs": None})
    assert bridge.attempt(request, lambda _: None, needed.append) is None
    assert needed == ["packed.zip"]
    (tmp_path / "packed_library.py").write_text("VALUE = 5")
    monkeypatch.syspath_prepend(tmp_path)
    bridge.pack_installed("packed.zip")
    reply = json.loads(bridge.attempt(request, lambda _: None, needed.append))
    assert reply["result"]["outputs"]["total"]["text"] == "5"
    assert needed == ["packed.zip"]
    sys.modules.pop("packed_library")


def test_a_run_after_an_edit_reuses_values_even_if_it_imports_packs(
    bridge_module: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bridge, needed = bridge_module.Bridge(), list[str]()
    bridge.register_packs('{"first_library": "first.zip", "second_library": "second.zip"}')

    def run(body: str) -> Any:
        source = f"def slow() -> int:\n    return 1\n\ndef total(slow: int) -> int:\n    {body}\n    return slow"
        request = {"kind": "run", "id": 1, "session": "a", "files": {"flow.py": source}, "outputs": None}
        reply = bridge.attempt(json.dumps(request), lambda _: None, needed.append)
        return reply and json.loads(reply)["result"]

    assert run("")["ran"] == 2
    for library in ("first", "second"):
        assert run("import first_library; import second_library") is None
        assert needed.pop() == f"{library}.zip"
        (tmp_path / f"{library}_library.py").write_text("")
        monkeypatch.syspath_prepend(tmp_path)
        bridge.pack_installed(f"{library}.zip")
    result = run("import first_library; import second_library")
    assert (result["ran"], result["reused"]) == (1, 1)
    for library in ("first", "second"):
        sys.modules.pop(f"{library}_library")


def test_a_request_that_imports_no_pack_is_answered_at_once(bridge_module: ModuleType) -> None:
    bridge = bridge_module.Bridge()
    bridge.register_packs('{"packed_library": "packed.zip"}')
    request = json.dumps({"kind": "run", "id": 1, "session": "a", "files": FILES, "outputs": None})
    reply = json.loads(bridge.attempt(request, lambda _: None, pytest.fail))
    assert reply["result"]["outputs"]["total"]["text"] == "6"


def test_completion_loads_no_packs_that_the_code_imports(bridge_module: ModuleType) -> None:
    pytest.importorskip("jedi")
    bridge = bridge_module.Bridge()
    bridge.register_packs('{"packed_library": "packed.zip"}')
    text = "import packed_library\npacked_library."
    request = {"kind": "attributes", "id": 1, "session": "a", "file": "a.py", "text": text, "line": 2, "column": 15}
    reply = json.loads(bridge.attempt(json.dumps(request), lambda _: None, pytest.fail))
    assert reply == {"id": 1, "session": "a", "kind": "attributes", "attributes": []}


def test_the_largest_attributes_fit_into_a_reply(ask: Ask) -> None:
    pytest.importorskip("jedi")
    wide = "\U00020000" * (MAX_COMPLETION_LENGTH - 4)  # twelve characters of JSON each
    text = "class A:\n" + "".join(f"    {wide}{number:04} = 1\n" for number in range(MAX_ATTRIBUTES + 1)) + "A."
    reply = ask("attributes", file="a.py", text=text, line=MAX_ATTRIBUTES + 3, column=2)
    assert len(reply["attributes"]) == MAX_ATTRIBUTES
    assert ask("describe", name="missing") == {"id": 1, "session": "a", "kind": "description", "signature": "", "summary": ""}
