"""Isolation of arguments: either a function cannot change values that other functions read, or its changes are detected.

Frames and series from pandas 3 and polars are passed as shallow copies, so changing the copy does not change the original. A
change to the copy is still reported, because without isolation, the function would change the original. Other mutable values
are not copied. Digests from before and after the call show whether the function changed them.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from headwater.hooks.digests import digest, holds_unchangeable, is_unchangeable
from headwater.libraries.support import integration_module, package_of

Isolate = Callable[[Any], tuple[Any, bool]]
"""A function that returns a copy of a value, and whether a change to the copy can change the original."""


@dataclass(frozen=True, slots=True)
class IsolatedArgument:
    """An argument that is isolated or watched for changes."""

    value: Any
    """The value that the function receives."""
    _watched: Any = None
    """The value that is checked for in-place changes, or None."""
    _before: bytes | None = None
    _copied: Any = None
    """The original, if the function receives a copy. Otherwise None."""

    @property
    def is_undecidable(self) -> bool:
        """True if it cannot be determined whether the function changes the value."""
        return self._watched is not None and self._before is None

    def was_changed(self) -> bool:
        """Return True if the function has changed the value in place, as far as is known."""
        return self._before is not None and digest(self._watched) != self._before

    def copy_was_changed(self) -> bool:
        """Return True if the function has changed its copy of the value, as far as is known."""
        return self._copied is not None and _differs(self.value, self._copied)


def isolate_argument(value: Any) -> IsolatedArgument:
    """Isolate or watch a value that is passed to a function."""
    if is_unchangeable(value):
        return IsolatedArgument(value)
    isolate = _isolation(type(value))
    received, is_reachable = (value, True) if isolate is None else isolate(value)
    return IsolatedArgument(received, value, digest(value)) if is_reachable else IsolatedArgument(received, _copied=value)


def is_mutable(value: Any) -> bool:
    """Return True if a function that receives the value as an argument can change it."""
    if is_unchangeable(value):
        return False
    isolate = _isolation(type(value))
    return isolate is None or isolate(value)[1]


_CONTAINERS: Final = frozenset({list, dict, set, tuple})


def private_copy(value: Any) -> Any:
    """Return a copy of a container that holds only immutable values. Any other value is returned without being copied.

    Used for values that the dataflow cannot compute again, such as inputs.
    """
    if type(value) not in _CONTAINERS or not holds_unchangeable(value, _CONTAINERS):
        return value
    try:
        return copy.deepcopy(value)
    except RecursionError:  # nested too deeply to copy
        return value


def _isolation(cls: type) -> Isolate | None:
    library = _library_of(cls)
    return None if library is None else library.ISOLATED.get(cls)


def _differs(received: Any, original: Any) -> bool:
    library = _library_of(type(original))
    differs = None if library is None else library.DIFFERS.get(type(original))
    return differs is not None and differs(received, original)


def _library_of(cls: type) -> Any:
    return integration_module(package_of(cls), "isolation")
