"""Which adapters there are, and which one is meant by a format and a type."""

from __future__ import annotations

import dataclasses
import importlib
import sys
from _thread import RLock  # `threading`, which takes longer to import, is not needed for more
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal, TypeVar, Union

from headwater.errors import AdapterError, HeadwaterError
from headwater.errors.suggestions import did_you_mean
from headwater.introspection.source_location import source_location
from headwater.libraries.support import integration_module_name, libraries_with
from headwater.types import typing_rules
from headwater.types.type_forms import unwrap

Direction = Literal["load", "save"]
AnyAdapter = type[Any]
C = TypeVar("C", bound=type)

STANDARD: Final = "headwater.io.formats"
FORMAT_LIBRARIES: Final[Mapping[str, Sequence[str]]] = {
    "csv": ("pandas", "polars"),
    "excel": ("pandas", "polars"),
    "feather": ("pandas", "polars"),
    "html": ("matplotlib", "plotly"),
    "npy": ("numpy",),
    "parquet": ("pandas", "polars"),
    "png": ("matplotlib",),
    "sql": ("pandas", "polars"),
    "yaml": ("yaml",),
}
"""The formats that are there only once one of these libraries was imported."""

_WITH_ADAPTERS: Final = libraries_with("adapters")
_METHODS: Final[Mapping[Direction, str]] = {"load": "load_data", "save": "save_data"}
_registered: Final[dict[Direction, dict[str, list[AnyAdapter]]]] = {"load": {}, "save": {}}
_loaded: Final[set[str]] = set()
_registering: Final = RLock()
"""Held while adapters are added. Drivers in several threads may bring in a library at the same moment."""


def register_adapter(adapter: C) -> C:
    """Adds a loader or a saver, or a class that is both; returns it, so that it may be used as a decorator.

    Among adapters of one format, the one for the most specific type is used, and of two for the same type the one that was
    registered last.

    Raises:
        AdapterError: for anything that is no adapter.

    >>> from dataclasses import dataclass
    >>> @register_adapter
    ... @dataclass(frozen=True)
    ... class Reversed:
    ...     text: str
    ...     @classmethod
    ...     def name(cls):
    ...         return "reversed"
    ...     @classmethod
    ...     def applicable_types(cls):
    ...         return [str]
    ...     def load_data(self, type_):
    ...         return self.text[::-1], {"length": len(self.text)}
    >>> from headwater import Builder, load_from
    >>> @load_from.reversed(text="olleh")
    ... def greeting(word: str) -> str:
    ...     return word.title()
    >>> Builder().with_functions(greeting).build().execute(["greeting"])
    {'greeting': 'Hello'}
    """
    _load_adapters()
    return _register(adapter)


def formats(direction: Direction) -> list[str]:
    """The names of the formats that can be loaded or saved now."""
    _load_adapters()
    return sorted(_registered[direction].copy())


def resolve_adapter(direction: Direction, format_: str, type_: Any, fail: Callable[[str], HeadwaterError]) -> AnyAdapter:
    """The adapter of a format for a type.

    `fail` makes the error of a message.

    Raises:
        HeadwaterError: if there is no such format, or none of its adapters is for the type.
    """
    _load_adapters()
    adapters = _registered[direction].get(format_)
    if not adapters:
        raise fail(_unknown(direction, format_))
    if unwrap(type_) in (Any, object):
        return _for_anything(direction, format_, adapters, fail)
    ranked = [(rank, adapter) for adapter in adapters if (rank := _rank(direction, adapter, type_)) is not None]
    nearest = min((rank for rank, _ in ranked), default=0)
    best: AnyAdapter | None = None
    for rank, adapter in ranked:
        if rank == nearest and (best is None or not _is_narrower(best, adapter)):
            best = adapter
    if best is None:
        known = ", ".join(dict.fromkeys(_shown(one) for adapter in adapters for one in adapter.applicable_types()))
        shown = typing_rules.format_type(type_)
        reason = f"`{format_}` cannot {direction} a value of type {shown}. It can {direction} {known}"
        raise fail(f"{reason}: change the annotation, choose another format, or write an adapter (`register_adapter`).")
    return best


def _register(adapter: C) -> C:
    for direction in _directions(adapter):
        format_ = _format_of(adapter)
        with _registering:
            others = [one for one in _registered[direction].get(format_, []) if one is not adapter]
            _registered[direction][format_] = [*others, adapter]  # a new list: another thread may be reading the old one
    return adapter


def _directions(adapter: Any) -> Sequence[Direction]:
    if not isinstance(adapter, type):
        raise AdapterError(repr(adapter), "an adapter is a class, and this is none.")
    directions: list[Direction] = [
        direction for direction, method in _METHODS.items() if callable(getattr(adapter, method, None))
    ]
    if not directions:
        raise _invalid(adapter, "it has neither `load_data(self, type_)` nor `save_data(self, data)`: write one of them.")
    if not dataclasses.is_dataclass(adapter):
        raise _invalid(adapter, "its arguments are the fields of a dataclass: write `@dataclass(frozen=True)` above the class.")
    return directions


def _format_of(adapter: Any) -> str:
    """The format of an adapter whose two class methods do what they should."""
    try:
        name, types = adapter.name(), adapter.applicable_types()
    except (AttributeError, TypeError) as error:
        reason = f"it needs the class methods `name()` and `applicable_types()`: {error}."
        raise _invalid(adapter, reason) from None
    if not isinstance(name, str) or not name.isidentifier() or name.startswith("_"):
        raise _invalid(adapter, f"`name()` has to be a name such as 'json', and is {name!r}.")
    if isinstance(types, str) or not list(types):
        raise _invalid(adapter, f"`applicable_types()` has to be a list of types, and is {types!r}.")
    return name


def _invalid(adapter: type, reason: str) -> AdapterError:
    method = next((method for method in vars(adapter).values() if hasattr(method, "__code__")), None)
    return AdapterError(adapter.__qualname__, reason, source_location(method) if method is not None else None)


def _load_adapters() -> None:
    """Registers the adapters of the standard library, and those of libraries that were imported since the last time."""
    with _registering:  # other threads wait until all of a library's adapters are there
        for name in _available():
            if name not in _loaded:
                _loaded.add(name)  # before the import: one that fails is not tried with every lookup
                for adapter in importlib.import_module(name).ADAPTERS:
                    _register(adapter)


def _available() -> Iterator[str]:
    yield STANDARD
    yield from (integration_module_name(library, "adapters") for library in _WITH_ADAPTERS if library in sys.modules)


def _type_of(adapter: AnyAdapter) -> Any:
    """The types that an adapter is for, as one type."""
    types = tuple(object if type_ is Any else type_ for type_ in adapter.applicable_types())
    return object if object in types else Union[types]  # noqa: UP007 - types are joined while running


def _rank(direction: Direction, adapter: AnyAdapter, type_: Any) -> int | None:
    """How well an adapter fits: 0 if it is for the type, 1 if it loads a narrower one, 2 if it is for everything."""
    own = _type_of(adapter)
    if own is object:
        return 2
    if typing_rules.fits(type_, own):
        return 0
    return 1 if direction == "load" and any(typing_rules.fits(one, type_) for one in adapter.applicable_types()) else None


def _is_narrower(one: AnyAdapter, other: AnyAdapter) -> bool:
    first, second = _type_of(one), _type_of(other)
    return typing_rules.fits(first, second) and not typing_rules.fits(second, first)


def _for_anything(
    direction: Direction, format_: str, adapters: Sequence[AnyAdapter], fail: Callable[[str], HeadwaterError]
) -> AnyAdapter:
    """The adapter where nothing is known of the type: the one for everything, that of the standard library, or the only one."""
    for preferred in (
        [adapter for adapter in adapters if _type_of(adapter) is object],
        [adapter for adapter in adapters if adapter.__module__ == STANDARD],
        adapters,
    ):
        if len(preferred) == 1 or (preferred and preferred is not adapters):
            return preferred[-1]
    shown = ", ".join(_shown(one) for adapter in adapters for one in adapter.applicable_types())
    raise fail(
        f"there are several ways to {direction} `{format_}` ({shown}), and the annotation says nothing: annotate one of them."
    )


def _shown(type_: Any) -> str:
    """A type with its library, where that is not Python's own: `pandas.DataFrame`."""
    root = str(getattr(type_, "__module__", "")).partition(".")[0]
    shown = typing_rules.format_type(type_)
    return shown if root in ("", "builtins", "collections", "types", "typing") else f"{root}.{shown}"


def _unknown(direction: Direction, format_: str) -> str:
    libraries = FORMAT_LIBRARIES.get(format_, ())
    absent = [library for library in libraries if library not in sys.modules]
    if absent:
        return f"`{format_}` is there once {' or '.join(absent)} was imported: write `import {absent[0]}` above."
    done, undone = ("loaded", "saved") if direction == "load" else ("saved", "loaded")
    known = sorted(_registered[direction])
    backwards = _registered["save" if direction == "load" else "load"]
    if format_ in backwards:
        return f"`{format_}` can be {undone} only. What can be {done}: {', '.join(known)}."
    return f"there is no format `{format_}`.{did_you_mean(format_, known)} What can be {done}: {', '.join(known)}."
