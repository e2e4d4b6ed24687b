"""Finds identifiers in strings: in queries and in quoted annotations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_IDENTIFIER: Final = re.compile(r"[^\W\d]\w*")


def identifiers(text: str) -> Iterator[str]:
    """Yield the identifiers in an annotation or in a query.

    >>> list(identifiers("dict[str, Price] | None"))
    ['dict', 'str', 'Price', 'None']
    """
    return (match.group() for match in _IDENTIFIER.finditer(text))
