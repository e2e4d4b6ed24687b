"""What the modules of other libraries know of their classes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from headwater.libraries.support import integration_module, package_of


def library_entry(cls: type, table: str) -> Any:
    """What a library's module knows of a class or the nearest class above it, from one of its tables; None for nothing."""
    for base in cls.__mro__:
        if (module := integration_module(package_of(base), "code")) is not None:
            known: Mapping[str, Any] = getattr(module, table, {})
            if base.__name__ in known:
                return known[base.__name__]
    return None
