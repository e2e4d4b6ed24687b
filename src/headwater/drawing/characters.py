"""Replacement of characters that output formats cannot represent. Names and docstrings may contain any character."""

from __future__ import annotations

import re
from typing import Final

_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Control characters, lone surrogates and noncharacters."""


def well_formed(text: str) -> str:
    r"""Replace characters that XML, UTF-8 or a terminal cannot represent.

    >>> ascii(well_formed("a\0b\ud800"))
    "'a\\ufffdb\\ufffd'"
    """
    return _FORBIDDEN.sub("\ufffd", text)


def on_one_line(text: str) -> str:
    """Replace characters as `well_formed` does, and replace line breaks with spaces."""
    return " ".join(well_formed(text).splitlines())
