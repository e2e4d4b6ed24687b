"""Lookup of classes in the tables of library integrations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from headwater.libraries.support import integration_module, package_of


def library_entry(cls: type, table: str) -> Any:
    """Return the entry for a class, or for its nearest base class, in an integration's table. None if there is no entry."""
    for base in cls.__mro__:
        if (module := integration_module(package_of(base), "code")) is not None:
            entries: Mapping[str, Any] = getattr(module, table, {})
            if base.__name__ in entries:
                return entries[base.__name__]
    return None
