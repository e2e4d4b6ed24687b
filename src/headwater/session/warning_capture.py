"""Warnings of a dataflow: the engine's own become problems, any other is printed as it would be without a session."""

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
    """Collect the engine's warnings; print the others at the end, those meant for authors of libraries left out."""
    own: list[HeadwaterWarning] = []
    found: list[warnings.WarningMessage] = []
    try:
        with warnings.catch_warnings(record=True) as found:
            warnings.resetwarnings()
            for category in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
                warnings.simplefilter("ignore", category)
            yield own
    finally:  # also when the code raises
        for warning in found:
            if isinstance(warning.message, HeadwaterWarning):
                own.append(warning.message)
            else:
                where = warning.category, warning.filename, warning.lineno
                sys.stderr.write(warnings.formatwarning(plain_text_of(warning.message), *where))
