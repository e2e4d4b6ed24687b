"""Digests of constants, for tokens. A digest is the same in every process.

Two values with the same digest have the same class and the same contents, in the same order. Functions and classes are
identified by their code. Any other object is identified by the state that `pickle` would save. An object that cannot be
pickled, such as an open file, has no digest.
"""

from __future__ import annotations

from copyreg import dispatch_table
from hashlib import blake2b
from types import BuiltinFunctionType, FunctionType, MappingProxyType, MethodType, ModuleType
from typing import TYPE_CHECKING, Any, Final, NewType, ParamSpec, TypeVar, cast

from headwater.caching.user_code import is_user_class

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from headwater.caching.key import CodeLookup

MAX_OBJECTS: Final = 50_000
"""The maximum number of objects in a value. A larger value has no digest."""

_PROTOCOL: Final = 4
_BY_REPR: Final = frozenset({type(None), bool, int, float, complex, range, type(...), type(NotImplemented)})
_ENCODED: Final[Mapping[type, Callable[[Any], bytes]]] = {
    bytes: bytes,
    str: lambda text: text.encode("utf-8", "surrogatepass"),
}
_SEQUENCES: Final = frozenset({list, tuple})
_SETS: Final = frozenset({set, frozenset})


def constant_digest(value: Any, code: CodeLookup) -> str | None:
    """Return a digest of a value, or None if the value has no digest.

    Args:
        value: the value.
        code: looks up the code of the functions and classes in the value.

    >>> def code(function):
    ...     return function.__qualname__
    >>> constant_digest({"low": [1, 2.0]}, code) == constant_digest({"low": [1, 2.0]}, code)
    True
    >>> constant_digest(1, code) == constant_digest(True, code)
    False
    >>> constant_digest((number for number in range(3)), code) is None
    True
    """
    try:
        return _Digester(code).digest(value).hex()
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001 - a user's class may raise anything while its state is read; such a value has no digest
        return None


class _NoDigestError(Exception):
    """A part of the value has no digest."""


class _Digester:
    """Computes the digest of one value."""

    def __init__(self, code: CodeLookup) -> None:
        self._code = code
        self._remaining = MAX_OBJECTS

    def digest(self, value: Any) -> bytes:
        """Return the digest of a value or of one of its parts. A value that contains itself raises a `RecursionError`."""
        self._remaining -= 1
        if self._remaining < 0:
            raise _NoDigestError
        cls = type(value)
        if cls in _BY_REPR:
            return _hash(cls.__name__, repr(value).encode())
        if cls in _ENCODED:
            return _hash(cls.__name__, _ENCODED[cls](value))
        if cls in _SEQUENCES:
            return _hash(cls.__name__, *map(self.digest, value))
        if cls is dict:
            return _hash("dict", *(self.digest(part) for item in value.items() for part in item))
        if cls is MappingProxyType:
            return _hash("mappingproxy", self.digest(dict(value)))
        if cls in _SETS:
            return _hash(cls.__name__, *sorted(map(self.digest, value)))
        if cls is MethodType:
            return _hash("method", self._digest_of_code(value.__func__), self.digest(value.__self__))
        if isinstance(value, type | FunctionType | ModuleType) or _is_builtin(value):
            return self._digest_of_code(value)
        return self._digest_of_state(value)

    def _digest_of_code(self, function: Any) -> bytes:
        code = self._code(function)
        if code is None:
            raise _NoDigestError
        return _hash("code", code.encode("utf-8", "surrogatepass"))

    def _digest_of_state(self, value: Any) -> bytes:
        if hasattr(type(value), "__next__"):  # an iterator is consumed by its first reader
            raise _NoDigestError
        reduce = dispatch_table.get(type(value))
        reduced: Any = value.__reduce_ex__(_PROTOCOL) if reduce is None else reduce(value)
        if isinstance(reduced, str):
            return self._digest_of_global(value, reduced)
        # a reducer returns a function and its arguments, optionally followed by a state, list items and dictionary items
        function, arguments, *rest = cast("tuple[Any, ...]", reduced)
        parts = [list(part) if hasattr(part, "__next__") else _without_wrapped_texts(part) for part in rest]
        return _hash("object", *map(self.digest, (function, arguments, *parts)))

    def _digest_of_global(self, value: Any, name: str) -> bytes:
        """Return the digest of an object that `pickle` saves by reference. If its content is known, the digest covers it."""
        module = type(value).__module__.encode()
        if (wrapped := getattr(value, "__wrapped__", None)) is not None:  # for example, by `functools.lru_cache`
            return _hash("wrapped", type(value).__qualname__.encode(), self.digest(wrapped))
        if isinstance(value, TypeVar | ParamSpec | NewType):
            return _hash("global", module, name.encode())
        parts = [self.digest(value.__value__)] if hasattr(value, "__value__") else []
        if is_user_class(type(value)):
            parts += [self._digest_of_code(type(value)), self.digest(dict(getattr(value, "__dict__", {})))]
        return _hash("global", module, name.encode(), *parts)


def _is_builtin(value: Any) -> bool:
    return type(value) is BuiltinFunctionType and isinstance(value.__self__, ModuleType)


def _without_wrapped_texts(state: Any) -> Any:
    """Return the state of an object without the descriptive attributes that `functools.update_wrapper` copies."""
    if type(state) is dict and "__wrapped__" in state:
        return {key: value for key, value in state.items() if key not in ("__doc__", "__annotations__", "__type_params__")}
    return state


def _hash(kind: str, *parts: bytes) -> bytes:
    digest = blake2b(kind.encode(), digest_size=16)
    for part in parts:
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.digest()
