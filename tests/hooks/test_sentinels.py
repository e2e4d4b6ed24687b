"""Sentinels as values of failed nodes."""

from __future__ import annotations

import pytest

from headwater import Builder, tag
from headwater.errors import FailedNodeWarning
from headwater.hooks import GracefulErrors


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
