"""Values that functions write to but never read."""

from __future__ import annotations

from typing import Any

import pytest

from headwater.caching.write_only import is_write_only


def judge(module: Any, body: str, value: str = "[]", *, is_rebound: bool = False) -> bool:
    flow = module("flow", f"CALLS = {value}\ndef f(x):\n    {body}\n    return x\n")
    return is_write_only(flow.f, "CALLS", flow.CALLS, is_rebound=is_rebound)


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("CALLS.append(x)", "[]"),
        ("CALLS.extend([x, x])", "[]"),
        ("CALLS.add(x)", "set()"),
        ("CALLS[x] = 1", "{}"),
        ("CALLS.update({x: 1})", "{}"),
        ("CALLS['f'] += 1", "{}"),
        ("CALLS.append(x); CALLS.append(x)", "[]"),
        ("CALLS.insert(0, x)", "[]"),
    ],
)
def test_a_value_that_is_only_written_to(module: Any, body: str, value: str) -> None:
    assert judge(module, body, value)


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("y = CALLS.append(x)", "[]"),
        ("CALLS.append(len(CALLS))", "[]"),
        ("CALLS.append(x); x = CALLS[0]", "[]"),
        ("CALLS[x] = CALLS[0]", "{}"),
        ("CALLS[CALLS[0]] = 1", "{}"),
        ("x = CALLS.pop()", "[]"),
        ("CALLS.sort(key=lambda y: CALLS)", "[]"),
        ("print(CALLS)", "[]"),
        ("CALLS.append(x)", "object()"),
        ("CALLS.append(x)", "(1,)"),
    ],
)
def test_a_value_that_is_read(module: Any, body: str, value: str) -> None:
    assert not judge(module, body, value)


def test_a_counter_that_is_rebound(module: Any) -> None:
    flow = module("flow", "COUNT = 0\ndef f(x):\n    global COUNT\n    COUNT += 1\n    return x\n")
    assert is_write_only(flow.f, "COUNT", flow.COUNT, is_rebound=True)
    flow = module("flow", "COUNT = 0\ndef f(x):\n    global COUNT\n    COUNT += 1\n    return COUNT\n")
    assert not is_write_only(flow.f, "COUNT", flow.COUNT, is_rebound=True)


def test_without_exactly_the_loaded_source_nothing_is_write_only(module: Any, tmp_path: Any) -> None:
    flow = module("flow", "CALLS = []\ndef f(x):\n    CALLS.append(x)\n    return x\n")
    (tmp_path / "flow.py").write_text("CALLS = []\ndef f(x):\n    CALLS.append(x)\n    return x + 1\n")
    assert not is_write_only(flow.f, "CALLS", flow.CALLS, is_rebound=False)
    (tmp_path / "flow.py").write_text("broken (")
    assert not is_write_only(flow.f, "CALLS", flow.CALLS, is_rebound=False)
    namespace: dict[str, Any] = {"CALLS": []}
    exec("def f(x): CALLS.append(x)", namespace)  # noqa: S102 - the test's own code
    assert not is_write_only(namespace["f"], "CALLS", namespace["CALLS"], is_rebound=False)
