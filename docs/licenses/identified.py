"""Recognize well-known licenses by their text."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from identify.identify import license_id

from licenses.expressions import normalized

CACHE: Final = Path(__file__).parents[1] / ".cache" / "identified"
"""The cached results, keyed by the digest of the text. Comparing a text with all licenses is slow."""


@cache
def identify(text: str) -> str | None:
    """Return the license that has this text, or None if the text is not that of exactly one well-known license.

    Names, years and small differences in wording do not matter.
    """
    path = CACHE / hashlib.sha256(text.encode()).hexdigest()[:16]
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_identified(text), encoding="utf-8")
    return path.read_text(encoding="utf-8") or None


def _identified(text: str) -> str:
    with TemporaryDirectory() as folder:
        path = Path(folder, "LICENSE")
        path.write_text(text, encoding="utf-8")
        found = license_id(str(path))
    return "" if found is None else normalized(found) or ""
