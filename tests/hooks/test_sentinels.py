"""Sentinels as values for failed nodes."""

from __future__ import annotations

from concurrent import futures
from multiprocessing import get_context
from typing import TYPE_CHECKING

import pytest

from headwater import Builder, tag
from headwater.errors import FailedNodeWarning
from headwater.hooks import GracefulErrors, Policy

if TYPE_CHECKING:
    from pathlib import Path


def rate() -> float:
    raise ConnectionError("no network")


def total(rate: float, price: float = 10.0) -> float:
    return rate * price


@tag(handles="missing")
def report(total: float) -> str:
    return f"total: {total}"


BUILDER = Builder().with_functions(rate, total, report)


def test_a_failed_node_and_what_depends_on_it_have_the_sentinel() -> None:
    hook = GracefulErrors(sentinel="missing", on_error=lambda _, __: None)
    result = BUILDER.with_hooks(hook).build().execute(["rate", "total", "report"])
    assert result == {"rate": "missing", "total": "missing", "report": "missing"}


def test_selected_functions_are_called_with_the_sentinel() -> None:
    hook = GracefulErrors(accepting={"handles": "missing"}, on_error=lambda _, __: None)
    assert BUILDER.with_hooks(hook).build().execute(["report"]) == {"report": "total: None"}


def test_a_failure_is_a_warning_by_default() -> None:
    with pytest.warns(
        FailedNodeWarning, match=r"`rate` \(.*\) raised ConnectionError: no network. Its value is the sentinel"
    ) as caught:
        BUILDER.with_hooks(GracefulErrors()).build().execute(["rate"])
    assert caught[0].message.node == "rate"
    assert caught[0].filename == __file__


def test_other_exceptions_end_the_run() -> None:
    with pytest.raises(ConnectionError):
        BUILDER.with_hooks(GracefulErrors(exceptions=(ValueError,))).build().execute(["total"])


def test_a_default_that_is_the_sentinel_is_not_a_failure() -> None:
    def label(name: str | None = None) -> str:
        return name or "nobody"

    assert Builder().with_functions(label).with_hooks(GracefulErrors()).build().execute(["label"]) == {"label": "nobody"}


def test_invalid_exceptions_are_refused() -> None:
    with pytest.raises(TypeError, match="`exceptions` must be a tuple"):
        GracefulErrors(exceptions=ValueError)  # type: ignore[arg-type]


def test_a_cache_stores_neither_the_sentinel_nor_what_is_computed_from_it(tmp_path: Path) -> None:
    calls: list[str] = []
    failures = [ConnectionError("no network")]

    def price() -> float:
        calls.append("price")
        return 10.0

    def rate() -> float:
        calls.append("rate")
        if failures:
            raise failures.pop()
        return 0.5

    def tax(price: float, rate: float) -> float:
        calls.append("tax")
        return price * rate

    @tag(handles="missing")
    def label(tax: float) -> str:
        calls.append("label")
        return f"tax: {tax}"

    hook = GracefulErrors(accepting={"handles": "missing"}, on_error=lambda _, __: None)
    builder = Builder().with_functions(price, rate, tax, label).with_hooks(hook).with_cache(tmp_path)
    assert builder.build().execute(["label"]) == {"label": "tax: None"}
    assert calls == ["price", "rate", "label"]
    assert builder.build().execute(["label"]) == {"label": "tax: 5.0"}
    assert calls[3:] == ["rate", "tax", "label"]
    assert builder.build().execute(["label"]) == {"label": "tax: 5.0"}
    assert calls[6:] == []


@pytest.mark.native
def test_none_is_recognized_after_a_call_in_another_process() -> None:
    hook = GracefulErrors(accepting={"handles": "missing"}, on_error=print)
    with futures.ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        driver = BUILDER.with_policy(Policy(executor=pool)).with_hooks(hook).build()
        assert driver.execute(["total", "report"]) == {"total": None, "report": "total: None"}
