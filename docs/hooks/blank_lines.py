"""Show the empty lines in the output of an interactive session. Doctest writes them as `<BLANKLINE>`."""

from __future__ import annotations

import re

BLANK_LINE = re.compile(r"^ *<BLANKLINE>$", re.MULTILINE)


def on_page_markdown(markdown: str, **_: object) -> str:
    """Replace the markers on a page."""
    return BLANK_LINE.sub("", markdown)
