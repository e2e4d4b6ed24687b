"""Source text to its syntax tree. The outline and the fingerprints read the same text: it is parsed once."""

from __future__ import annotations

import ast
import warnings

from headwater.sources.module_cache import ModuleCache


def parse(module: str, text: str) -> ast.Module:
    """The syntax tree of a module's text. Do not change it: everyone who asks for the same text gets the same tree.

    Raises:
        SyntaxError: or ValueError, RecursionError, MemoryError: whatever Python has against the text.
    """
    return _trees(module, text)


def _parse(module: str, text: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an invalid escape in a string is for the run to report
        return ast.parse(text.removeprefix("\ufeff"), module)


_trees = ModuleCache(_parse)
