"""Warnings that point to the line of user code that started a run."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import Final

from headwater.errors import CacheWarning

_OWN: Final = str(Path(__file__).parents[1])


def warn(message: str) -> None:
    """Issue a `CacheWarning` that points to the innermost line of code outside Headwater."""
    level, frame = 1, sys._getframe()  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - `inspect.stack` reads files
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_OWN):
        level, frame = level + 1, frame.f_back
    warnings.warn(CacheWarning(message), stacklevel=level)
