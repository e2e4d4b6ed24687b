"""How much of one value is written as code, and how much as files. `wire/bounds.py` says how long a file may be."""

from __future__ import annotations

from typing import Final

MOST_CODE_VALUES: Final = 1_000
"""Numbers and texts that are written as code."""
MOST_EXPORTED_VALUES: Final = 200_000
"""Numbers, texts and other single values that a file holds."""
MOST_EXPORTED_PARTS: Final = 100
"""Parts of a value that are kept apart in files."""
