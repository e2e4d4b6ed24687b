"""The registry of adapters, which selects an adapter by format and type."""

from __future__ import annotations

import dataclasses
import importlib
import sys
from _thread import RLock  # `_thread` is faster to import than `threading`
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal, TypeVar, Union

from headwater.errors import AdapterError, HeadwaterError
from headwater.errors.suggestions import did_you_mean
from headwater.introspection.source_location import source_location
from headwater.libraries.installation import import_advice
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
"""For each format that the standard library does not support, the libraries that support it."""

_WITH_ADAPTERS: Final = libraries_with("adapters")
_METHODS: Final[Mapping[Direction, str]] = {"load": "load_data", "save": "save_data"}
_registered: Final[dict[Direction, dict[str, list[AnyAdapter]]]] = {"load": {}, "save": {}}
_loaded: Final[set[str]] = set()
_registration_lock: Final = RLock()
"""Held while adapters are added: several threads may load the adapters of a library at once."""


def register_adapter(adapter: C) -> C:
    """Register a loader, a saver, or a class that is both. Can be used as a class decorator, because it returns the class.

    The adapter for the most specific type is used. If several adapters have the same type, the last registered one is used.

    Raises:
        AdapterError: if the class is not an adapter.

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
    """Return the names of the formats that can currently be loaded or saved."""
    _load_adapters()
    return sorted(_registered[direction].copy())


def resolve_adapter(direction: Direction, format_: str, type_: Any, fail: Callable[[str], HeadwaterError]) -> AnyAdapter:
    """Return a format's adapter for a type.

    `fail` converts a message to the error to raise.

    Raises:
        HeadwaterError: if the format is unknown, or if none of its adapters accepts the type.
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
        known = ", ".join(
            dict.fromkeys(_type_label(accepted) for adapter in adapters for accepted in adapter.applicable_types())
        )
        type_text = typing_rules.format_type(type_)
        reason = f"`{format_}` cannot {direction} a value of type {type_text}, only {known}."
        raise fail(f"{reason} Change the annotation, choose another format, or write an adapter (`register_adapter`).")
    return best


def _register(adapter: C) -> C:
    for direction in _directions(adapter):
        format_ = _format_of(adapter)
        with _registration_lock:
            others = [other for other in _registered[direction].get(format_, []) if other is not adapter]
            # Assign a new list, because another thread may be reading the old one.
            _registered[direction][format_] = [*others, adapter]
    return adapter


def _directions(adapter: Any) -> Sequence[Direction]:
    if not isinstance(adapter, type):
        raise AdapterError(repr(adapter), "an adapter must be a class.")
    directions: list[Direction] = [
        direction for direction, method in _METHODS.items() if callable(getattr(adapter, method, None))
    ]
    if not directions:
        raise _invalid(adapter, "it has neither `load_data(self, type_)` nor `save_data(self, data)`. Define one of them.")
    if not dataclasses.is_dataclass(adapter):
        raise _invalid(
            adapter, "it must be a dataclass whose fields are its arguments. Add `@dataclass(frozen=True)` above the class."
        )
    return directions


def _format_of(adapter: Any) -> str:
    """Check an adapter's class methods, and return its format."""
    try:
        name, types = adapter.name(), adapter.applicable_types()
    except (AttributeError, TypeError) as error:
        reason = f"it needs the class methods `name()` and `applicable_types()`: {error}."
        raise _invalid(adapter, reason) from None
    if not isinstance(name, str) or not name.isidentifier() or name.startswith("_"):
        raise _invalid(adapter, f"`name()` must return a name such as 'json', not {name!r}.")
    if isinstance(types, str) or not list(types):
        raise _invalid(adapter, f"`applicable_types()` must return a list of types, not {types!r}.")
    return name


def _invalid(adapter: type, reason: str) -> AdapterError:
    method = next((method for method in vars(adapter).values() if hasattr(method, "__code__")), None)
    return AdapterError(adapter.__qualname__, reason, source_location(method) if method is not None else None)


def _load_adapters() -> None:
    """Register the adapters of the standard library and of libraries imported since the last call."""
    with _registration_lock:  # other threads wait until all adapters of a library are registered
        for name in _available():
            if name not in _loaded:
                _loaded.add(name)  # recorded before the import, so a failing import is not retried at every lookup
                for adapter in importlib.import_module(name).ADAPTERS:
                    _register(adapter)


def _available() -> Iterator[str]:
    yield STANDARD
    yield from (integration_module_name(library, "adapters") for library in _WITH_ADAPTERS if library in sys.modules)


def _type_of(adapter: AnyAdapter) -> Any:
    """Return the union of an adapter's types."""
    types = tuple(object if type_ is Any else type_ for type_ in adapter.applicable_types())
    return object if object in types else Union[types]  # noqa: UP007 - the types are known only at run time


def _rank(direction: Direction, adapter: AnyAdapter, type_: Any) -> int | None:
    """Rank an adapter: 0 if it accepts the type, 1 if it loads a subtype, 2 if it accepts all types."""
    accepted = _type_of(adapter)
    if accepted is object:
        return 2
    if typing_rules.fits(type_, accepted):
        return 0
    loads_narrower = direction == "load" and any(typing_rules.fits(narrow, type_) for narrow in adapter.applicable_types())
    return 1 if loads_narrower else None


def _is_narrower(left: AnyAdapter, right: AnyAdapter) -> bool:
    first, second = _type_of(left), _type_of(right)
    return typing_rules.fits(first, second) and not typing_rules.fits(second, first)


def _for_anything(
    direction: Direction, format_: str, adapters: Sequence[AnyAdapter], fail: Callable[[str], HeadwaterError]
) -> AnyAdapter:
    """Return the adapter for an unknown type: one that accepts all types, else one of Headwater's, else the only one."""
    for preferred in (
        [adapter for adapter in adapters if _type_of(adapter) is object],
        [adapter for adapter in adapters if adapter.__module__ == STANDARD],
        adapters,
    ):
        if len(preferred) == 1 or (preferred and preferred is not adapters):
            return preferred[-1]
    types = ", ".join(_type_label(accepted) for adapter in adapters for accepted in adapter.applicable_types())
    raise fail(
        f"`{format_}` can {direction} several types ({types}), but the annotation does not say which one to use. "
        "Change the annotation to one of them."
    )


def _type_label(type_: Any) -> str:
    """Return the name of a type, with its library unless it is built in: `pandas.DataFrame`."""
    root = str(getattr(type_, "__module__", "")).partition(".")[0]
    type_text = typing_rules.format_type(type_)
    return type_text if root in ("", "builtins", "collections", "types", "typing") else f"{root}.{type_text}"


def _unknown(direction: Direction, format_: str) -> str:
    libraries = FORMAT_LIBRARIES.get(format_, ())
    missing = [library for library in libraries if library not in sys.modules]
    if missing:
        return f"format `{format_}` needs {' or '.join(missing)}. {import_advice(missing)}"
    supported, unsupported = ("loaded", "saved") if direction == "load" else ("saved", "loaded")
    known = sorted(_registered[direction])
    opposite = _registered["save" if direction == "load" else "load"]
    if format_ in opposite:
        return f"format `{format_}` can only be {unsupported}. Formats that can be {supported}: {', '.join(known)}."
    return f"unknown format `{format_}`.{did_you_mean(format_, known)} Formats that can be {supported}: {', '.join(known)}."
