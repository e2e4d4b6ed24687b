"""Captures a dataflow's warnings: Headwater's warnings become problems, and all other warnings are printed as usual."""

from __future__ import annotations

import sys
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterWarning
from headwater.previews.texts import plain_text_of

if TYPE_CHECKING:
    from collections.abc import Generator


@contextmanager
def capture_warnings() -> Generator[list[HeadwaterWarning]]:
    """Collect Headwater's warnings. At the end, print all other warnings, except those for library authors."""
    collected: list[HeadwaterWarning] = []
    caught: list[warnings.WarningMessage] = []
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.resetwarnings()
            for category in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
                warnings.simplefilter("ignore", category)
            yield collected
    finally:  # warnings are printed even if the code raises an exception
        for warning in caught:
            if isinstance(warning.message, HeadwaterWarning):
                collected.append(warning.message)
            else:
                origin = warning.category, warning.filename, warning.lineno
                sys.stderr.write(warnings.formatwarning(plain_text_of(warning.message), *origin))
