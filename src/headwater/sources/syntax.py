"""Source text to its syntax tree. The outline and the fingerprints read the same text: it is parsed once."""

from __future__ import annotations

import ast
import warnings
from functools import lru_cache


@lru_cache(maxsize=256)
def parsed(text: str) -> ast.Module:
    """The syntax tree of a module's text. Nobody changes it: everyone who asks for the same text gets the same tree.

    Raises:
        SyntaxError: or ValueError, RecursionError, MemoryError: whatever Python has against the text.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an invalid escape in a string is for the run to report
        return ast.parse(text.removeprefix("\ufeff"))
