"""Show empty lines in the output of interactive sessions, where doctest requires `<BLANKLINE>`."""

from __future__ import annotations

import re

BLANK_LINE = re.compile(r"^ *<BLANKLINE>$", re.MULTILINE)


def on_page_markdown(markdown: str, **_: object) -> str:
    """Replace every `<BLANKLINE>` on a page with an empty line."""
    return BLANK_LINE.sub("", markdown)
