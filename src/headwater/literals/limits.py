"""Limits on how much of a value is written as code and to files. `wire/bounds.py` limits the length of a file."""

from __future__ import annotations

from typing import Final

MAX_CODE_VALUES: Final = 1_000
"""The maximum number of numbers and strings that are written as code."""
MAX_EXPORTED_VALUES: Final = 200_000
"""The maximum number of single values in a file."""
MAX_EXPORTED_PARTS: Final = 100
"""The maximum number of parts of a value that are stored separately in files."""
