"""A run starts before all module files have arrived if it does not need the missing ones. Its result is the same."""

from __future__ import annotations

import importlib
import json
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from headwater.session.early_runs import PendingImport, block_pending_imports, can_run

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.interpreter

COMING = "colorsys"
"""A standard library module that is not in memory."""


@pytest.fixture(autouse=True)
def _not_in_memory() -> Iterator[None]:
    before = sys.modules.pop(COMING, None)
    yield
    sys.modules.pop(COMING, None)
    if before is not None:
        sys.modules[COMING] = before


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def total() -> int: return 1", True),
        ("import json, math\nfrom collections import Counter", True),
        ("import helpers\nfrom helpers import rate", True),
        ("import helpers.more", True),
        (f"import {COMING}", False),
        (f"import {COMING} as other", False),
        (f"from {COMING} import rgb_to_hsv", False),
        (f"def total():\n    import {COMING}", False),
        (f"try:\n    import {COMING}\nexcept ImportError:\n    {COMING} = None", False),
        ("import chess", False),
        ("import importlib.metadata", False),
        ("from inspect import getsource", False),
        ("def total(:", True),
        ("import json\nhelp(json)", False),
        ("import json\ntext = json.__doc__", False),
        ("import json\ntext = getattr(json, '__doc__')", False),
        ('def total():\n    """Mine."""', True),
    ],
)
def test_code_waits_for_the_modules_and_docstrings_in_its_source(source: str, *, expected: bool) -> None:
    assert can_run({"flow": source, "helpers": "rate = 2"}) is expected


@pytest.mark.parametrize("name", [COMING, "json.not_there", "not_there"])
def test_other_imports_are_detected(name: str) -> None:
    with block_pending_imports() as blocked, pytest.raises(PendingImport, match="has not been downloaded yet"):
        importlib.import_module(name)
    assert blocked == [name]


def test_caught_import_errors_are_detected() -> None:
    with block_pending_imports() as blocked, suppress(BaseException):
        importlib.import_module(COMING)
    assert blocked == [COMING]
    assert importlib.import_module(COMING).rgb_to_hsv(0, 0, 0) == (0, 0, 0)


def test_a_failed_import_is_not_cached(monkeypatch: pytest.MonkeyPatch) -> None:
    """`encodings` caches failed lookups, so the codec would be missing forever."""
    monkeypatch.delitem(sys.modules, "encodings.cp1006", raising=False)
    with block_pending_imports() as blocked, pytest.raises(PendingImport):
        "a".encode("cp1006")
    assert blocked == ["encodings.cp1006"]
    assert "a".encode("cp1006") == b"a"


def test_code_does_not_wait_for_modules_in_memory() -> None:
    with block_pending_imports() as blocked:
        assert importlib.import_module("json") is json
    assert blocked == []


def test_code_may_replace_the_finders(monkeypatch: pytest.MonkeyPatch) -> None:
    before = list(sys.meta_path)
    with block_pending_imports():
        monkeypatch.setattr(sys, "meta_path", [])
    monkeypatch.undo()
    sys.meta_path[:] = before
