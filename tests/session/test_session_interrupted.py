"""The state of a session after a function has failed or a run was interrupted."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING, Any

import pytest

from headwater.caching.memory import MemoryStore

if TYPE_CHECKING:
    from headwater.session import Session


def test_warnings_of_a_failing_function_are_reported(session: Session) -> None:
    session.update(
        {"flow.py": "import warnings\ndef a() -> int:\n    print('out')\n    warnings.warn('careful')\n    return 1 // 0"}
    )
    prints = session.run()["nodes"]["a"]["prints"]
    assert prints.startswith("out\nflow.py:4: UserWarning: careful")


def test_engine_warnings_of_a_failing_function_are_problems(session: Session) -> None:
    source = """
from headwater import Builder
def a() -> int:
    Builder().with_config({"unused": 1}).build()
    return 1 // 0
"""
    session.update({"flow.py": source})
    assert [problem["kind"] for problem in session.run()["problems"]] == ["UnusedNameWarning", "ZeroDivisionError"]


def test_a_replaced_value_is_freed_at_once(session: Session) -> None:
    source = "class Big: pass\ndef big() -> Big:\n    return Big()  # {}\n{}def use(big: Big) -> int: return 1"
    values: list[weakref.ref[Any]] = []
    gc.disable()
    try:
        for number in range(4):
            session.update(
                {"flow.py": source.format(number, f"RATE = {number}\n").replace("return Big()", f"return Big() or {number}")}
            )
            assert session.run()["ok"]
            values.append(weakref.ref(session._values_by_name["big"]))
        assert [value() is not None for value in values] == [False, False, False, True]
    finally:
        gc.enable()


@pytest.mark.parametrize("edits", [1, 2])
def test_an_interrupt_while_a_value_is_stored_keeps_value_and_prints_consistent(
    session: Session, monkeypatch: pytest.MonkeyPatch, edits: int
) -> None:
    source = "def a() -> int:\n    print('edit {0}')\n    return {0}"
    if edits == 2:
        session.update({"flow.py": source.format(1)})
        session.run()
    record = MemoryStore.record

    def interrupted(self: MemoryStore, *arguments: Any, **named: Any) -> None:
        record(self, *arguments, **named)
        raise KeyboardInterrupt

    session.update({"flow.py": source.format(2)})
    with monkeypatch.context() as patched:
        patched.setattr(MemoryStore, "record", interrupted)
        with pytest.raises(KeyboardInterrupt):
            session.run()
    run = session.run()
    assert (run["outputs"]["a"]["text"], run["nodes"]["a"]["prints"].strip()) == ("2", "edit 2")


def test_an_interrupt_during_the_check_for_changes_counts_as_a_change(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.update({"flow.py": "def a() -> list: return [1]\ndef b(a: list) -> int:\n    a.append(1)\n    return len(a)"})

    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("headwater.hooks.mutation.WatchedCall.changes", interrupted)
        with pytest.raises(KeyboardInterrupt):
            session.run()
    assert session.run()["outputs"]["b"]["text"] == "2"


def test_a_value_with_a_class_that_raises_is_a_problem_of_the_node_that_uses_it(session: Session) -> None:
    source = """
class Evil:
    @property
    def __class__(self):
        raise ValueError("evil")
def a() -> object: return Evil()
def b(a: object) -> int: return 1
def c() -> int: return 3
"""
    session.update({"flow.py": source})
    run = session.run()
    assert run["outputs"]["c"]["text"] == "3"
