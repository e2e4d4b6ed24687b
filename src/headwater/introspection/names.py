"""Normalization of names.

Python normalizes identifiers to NFKC. For example, U+00B5 and U+03BC are the same name, `µ`, and `é` is the same name in
composed and decomposed form. Names of nodes, inputs, config keys and parameters are identifiers, so they are compared in
normalized form. Columns, dictionary keys, tags and values are data and stay unchanged. A column's node has the normalized name
of the column.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def normalized(name: str) -> str:
    r"""Normalize a name as Python does. A part between dots that is not an identifier stays unchanged.

    >>> normalized("µ") == "\u03bc", normalized("e\u0301te\u0301.raw") == "\u00e9t\u00e9.raw", normalized("area in m²")
    (True, True, 'area in m²')
    """
    if name.isascii():
        return name
    from unicodedata import normalize  # imported lazily: few dataflows need it

    return ".".join(normalize("NFKC", part) if part.isidentifier() else part for part in name.split("."))


def by_normalized_name(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping with normalized names. The last spelling of a name wins: see `duplicate_spellings`."""
    return {normalized(name) if isinstance(name, str) else name: value for name, value in values.items()}


def duplicate_spellings(values: Mapping[str, Any]) -> list[str]:
    """Return the names that a mapping contains in two spellings."""
    names = [normalized(name) for name in values if isinstance(name, str)]
    return sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
