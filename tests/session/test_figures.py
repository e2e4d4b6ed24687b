"""Functions do not draw on each other's figures."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any, cast

import pytest

from headwater.session import Session
from headwater.session.figures import close_figures

FLOW = """
import matplotlib.pyplot as plt

def lines() -> int:
    plt.plot([1, 2])
    return len(plt.gca().lines)

def other_lines(lines: int) -> int:
    plt.plot([2, 1])
    return len(plt.gca().lines)
"""


def test_a_function_draws_on_a_new_figure() -> None:
    pyplot = pytest.importorskip("matplotlib.pyplot")
    pyplot.switch_backend("agg")
    with Session() as session:
        session.update({"flow.py": FLOW})
        result = session.run(None)
    assert [preview["text"] for preview in cast("Any", result)["outputs"].values()] == ["1"]
    assert pyplot.get_fignums() == []


def test_a_replaced_module_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", cast("Any", SimpleNamespace()))
    close_figures()
