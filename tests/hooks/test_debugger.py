"""Hooks that stop in the debugger."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from headwater import Builder
from headwater.hooks import Breakpoints


def price() -> float:
    return 10.0


def total(price: float) -> float:
    return price * 2


def broken(price: float) -> float:
    amount = price
    raise ValueError(amount)


class Debugger:
    """Records the local variables of the frame in which it stops."""

    def __init__(self) -> None:
        self.stops: list[dict[str, Any]] = []
        self.lines: list[str] = []

    def stop(self) -> None:
        self.stops.append(dict(sys._getframe(1).f_locals))

    def post_mortem(self, traceback: Any) -> None:
        while traceback.tb_next is not None:
            traceback = traceback.tb_next
        self.lines.append(traceback.tb_frame.f_code.co_name)
        self.stops.append(dict(traceback.tb_frame.f_locals))


def test_it_stops_before_and_after_the_selected_calls() -> None:
    debugger = Debugger()
    hook = Breakpoints("before", "after", name="total", stop=debugger.stop)
    driver = Builder().with_functions(price, total).build()
    assert driver.execute(["total"], hooks=[hook]) == {"total": 20.0}
    before, after = debugger.stops
    assert before["call"].named == {"price": 10.0}
    assert "value" not in before
    assert after["value"] == 20.0


def test_it_stops_before_calls_by_default() -> None:
    debugger = Debugger()
    Builder().with_functions(price, total).build().execute(["total"], hooks=[Breakpoints(stop=debugger.stop)])
    assert [stop["call"].node.name for stop in debugger.stops] == ["price", "total"]


def test_on_an_error_it_opens_the_frame_that_raised() -> None:
    debugger = Debugger()
    hook = Breakpoints("error", stop=debugger.stop, post_mortem=debugger.post_mortem)
    with pytest.raises(ValueError, match="10"):
        Builder().with_functions(price, broken).build().execute(["broken"], hooks=[hook])
    assert debugger.lines == ["broken"]
    assert debugger.stops == [{"price": 10.0, "amount": 10.0}]


def test_the_default_debugger_is_the_one_of_python(monkeypatch: pytest.MonkeyPatch) -> None:
    debugger = Debugger()
    monkeypatch.setattr(sys, "breakpointhook", debugger.stop)
    monkeypatch.setattr("pdb.post_mortem", debugger.post_mortem)
    with pytest.raises(ValueError, match="10"):
        Builder().with_functions(price, broken).build().execute(["broken"], hooks=[Breakpoints("before", "error")])
    assert len(debugger.stops) == 3
    assert debugger.lines == ["broken"]


def test_an_unknown_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="A breakpoint must be one of 'before', 'after', 'error', not 'during'"):
        Breakpoints("during")  # type: ignore[arg-type]
