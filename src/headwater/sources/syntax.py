"""Parsed source text. The outline and the fingerprints share the syntax trees."""

from __future__ import annotations

import ast
import warnings

from headwater.sources.module_cache import ModuleCache


def parse(module: str, text: str) -> ast.Module:
    """Return the syntax tree of a module's text. Callers share the tree and must not change it.

    Raises:
        SyntaxError, ValueError, RecursionError, MemoryError: the text is not valid Python, or Python cannot parse it.
    """
    return _trees(module, text)


def _parse(module: str, text: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the run reports invalid escapes in strings
        return ast.parse(text.removeprefix("\ufeff"), module)


_trees = ModuleCache(_parse)
