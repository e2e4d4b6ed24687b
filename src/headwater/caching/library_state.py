"""The state of decorators from libraries: their closures and attributes.

Such state often contains locks, loggers or compiled objects. They have no digest, so they are identified by their types.
Everything else is identified by its content.
"""

from __future__ import annotations

from types import FunctionType, MemberDescriptorType, MethodType
from typing import TYPE_CHECKING, Any, Final

from headwater.caching.hashing import combine
from headwater.libraries.support import package_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MAX_DEPTH: Final = 5


def library_state(value: Any, package: str, digest: Callable[[Any], bytes | None], depth: int = _MAX_DEPTH) -> bytes:
    """Return a digest of a value in a decorator's state.

    Args:
        value: the value.
        package: the library of the decorator. An object whose class is defined in this library is identified by its attributes.
        digest: returns a digest of a value's content, or None if the value has no digest.
        depth: how many more levels of nested objects the digest covers.
    """
    cls = type(value)
    name = f"{cls.__module__}.{cls.__qualname__}".encode()
    parts: list[Any]
    # The namespace of a module is omitted: the token of a function covers the names that the function reads.
    if depth == 0 or (cls is dict and "__builtins__" in value):
        return combine("type", name)
    if cls in (list, tuple):
        parts = list(value)
    elif isinstance(value, MethodType):
        parts = [value.__func__, value.__self__]
    elif cls is dict:
        parts = [part for item in value.items() for part in item]
    elif package_of(cls) == package and not isinstance(value, FunctionType | type):
        parts = [part for item in _attributes(value) for part in item]
    else:
        return digest(value) or combine("type", name)
    return combine("state", name, *(library_state(part, package, digest, depth - 1) for part in parts))


def _attributes(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the attributes and slots of an object, without calling its own methods."""
    for base in type(value).__mro__:
        for name, member in vars(base).items():
            if isinstance(member, MemberDescriptorType):
                try:
                    yield name, member.__get__(value)
                except AttributeError:  # the slot is empty
                    continue
    if type(value).__dictoffset__ != 0:
        attributes: dict[str, Any] = object.__getattribute__(value, "__dict__")
        yield from sorted(attributes.items())
