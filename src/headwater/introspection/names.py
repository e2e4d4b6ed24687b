"""One spelling for each name.

Python reads identifiers in Unicode's form NFKC: `µ` typed as U+00B5 and as U+03BC is one name, and so are a composed and a
decomposed `é`. Names of nodes, inputs, config keys and parameters are identifiers, so that they are compared in this form
wherever they are given as text. Names of columns, fields of dictionaries, tags and values are data and stay as they are;
a node that is made for a column has the column's name in the form of an identifier.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def normalized(name: str) -> str:
    r"""A name as Python would read it in source; a part between dots that is not an identifier stays as it is.

    >>> normalized("µ") == "\u03bc", normalized("e\u0301te\u0301.raw") == "\u00e9t\u00e9.raw", normalized("area in m²")
    (True, True, 'area in m²')
    """
    if name.isascii():
        return name
    from unicodedata import normalize  # a library in C that few dataflows need

    return ".".join(normalize("NFKC", part) if part.isidentifier() else part for part in name.split("."))


def by_normalized_name(given: Mapping[str, Any]) -> dict[str, Any]:
    """A mapping by normalized names. Of two spellings of one name, the later value holds: see `duplicate_spellings`."""
    return {normalized(name) if isinstance(name, str) else name: value for name, value in given.items()}


def duplicate_spellings(given: Mapping[str, Any]) -> list[str]:
    """The names that a mapping has in two spellings."""
    names = [normalized(name) for name in given if isinstance(name, str)]
    return sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
