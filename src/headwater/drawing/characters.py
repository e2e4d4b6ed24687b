"""Characters that no format can hold: names and docstrings of code may have any."""

from __future__ import annotations

import re
from typing import Final

_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Controls, of which a terminal would obey some; lone surrogates; code points that are no characters."""


def well_formed(text: str) -> str:
    r"""A text that XML, UTF-8 and a terminal can take; what they cannot is replaced.

    >>> ascii(well_formed("a\0b\ud800"))
    "'a\\ufffdb\\ufffd'"
    """
    return _FORBIDDEN.sub("\ufffd", text)


def on_one_line(text: str) -> str:
    """As `well_formed`, with spaces for line breaks."""
    return " ".join(well_formed(text).splitlines())
