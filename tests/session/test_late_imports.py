"""Statements that a library skips while another library is not installed."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from headwater.session.late_imports import complete_imports

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECK = "try:\n    import late_library\n    HAS_LATE = True\nexcept ImportError:\n    HAS_LATE = False\n"
USE = "if HAS_LATE:\n    import late_library as late\n    def triple(x): return late.double(x) + x\n"
COMPILED = f"{CHECK}STATE = HAS_LATE\ndef state(): return STATE\n"
IMPORTS = """\
from early_library import compiled
from early_library.check import HAS_LATE
from early_library.compiled import state

OTHER = False
"""
FILES = {
    "early_library/__init__.py": "from early_library.check import HAS_LATE\n",
    "early_library/check.py": CHECK,
    "early_library/compiled.py": COMPILED,
    "early_library/use.py": f"{IMPORTS}{USE}def is_late(): return HAS_LATE\n",
}
STATEMENTS = {"early_library.use": USE, "early_library.check": CHECK, "early_library.unused": "raise AssertionError"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a library that was imported before its optional dependency was installed."""
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "early_library").mkdir()
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    importlib.import_module("early_library.use")
    (tmp_path / "_headwater_late_late_library.py").write_text(
        f"STATEMENTS = {STATEMENTS!r}\nEXTENSIONS = ['early_library.compiled', 'early_library.unused']\n"
    )
    yield tmp_path
    for name in [name for name in sys.modules if name.startswith(("early_library", "late_library", "_headwater_late_"))]:
        del sys.modules[name]


def test_a_library_that_was_imported_first_uses_one_that_is_installed_later(folder: Path) -> None:
    early = importlib.import_module("early_library")
    assert (early.HAS_LATE, early.use.is_late(), hasattr(early.use, "triple")) == (False, False, False)
    (folder / "late_library.py").write_text("def double(x): return 2 * x")
    importlib.invalidate_caches()
    complete_imports("late_library")
    assert (early.HAS_LATE, early.use.is_late(), early.use.triple(5)) == (True, True, 15)
    assert early.use.OTHER is False
    assert (early.use.state(), early.use.compiled.state(), early.compiled.state()) == (True, True, True)


@pytest.mark.parametrize("source", [None, "raise RuntimeError"], ids=["missing", "broken"])
def test_a_library_that_cannot_be_imported_changes_nothing(folder: Path, source: str | None) -> None:
    early = importlib.import_module("early_library")
    if source is not None:
        (folder / "late_library.py").write_text(source)
    importlib.invalidate_caches()
    complete_imports("late_library")
    assert (early.HAS_LATE, early.use.is_late()) == (False, False)


def test_a_library_without_statements_is_not_imported() -> None:
    complete_imports("turtledemo")
    assert "turtledemo" not in sys.modules
