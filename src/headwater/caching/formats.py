"""File formats for cached values: parquet for frames, npy for arrays, JSON for plain values, pickle for everything else.

A format is used only if it restores a value exactly. To check this, an encoded value is decoded and hashed before it is
stored.
"""

from __future__ import annotations

import json
import pickle
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from headwater.libraries.support import integration_module, libraries_with, package_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: how to convert values to bytes and back."""

    name: str
    """The name that users write, such as `parquet`. It is also the suffix of the file."""
    dump: Callable[[Any], bytes]
    """Return a value as bytes. May raise any exception if the format does not support the value."""
    load: Callable[[bytes], Any]
    """Return the value that `dump` converted to these bytes."""


def _dump_json(value: Any) -> bytes:
    return json.dumps(value).encode()


def _dump_pickle(value: Any) -> bytes:
    return pickle.dumps(value, protocol=5)


JSON: Final = Format("json", _dump_json, json.loads)
PICKLE: Final = Format("pickle", _dump_pickle, pickle.loads)
_JSON_TYPES: Final = frozenset({type(None), bool, int, float, str, list, dict})


def formats_for(value: Any, requested: str | None, *, allow_pickle: bool) -> Iterator[tuple[str, Format]]:
    """Yield the formats to try for a value, with their keys. A requested format comes first."""
    cls = type(value)
    package = package_of(cls)
    candidates: list[tuple[str, Format]] = []
    module = integration_module(package, "formats")
    if module is not None and cls in module.FORMATS:
        candidates.append((package, module.FORMATS[cls]))
    if cls in _JSON_TYPES or requested == "json":
        candidates.append(("", JSON))
    if allow_pickle:
        candidates.append(("", PICKLE))
    candidates.sort(key=lambda candidate: candidate[1].name != requested)
    for package, format_ in candidates:
        yield (f"{package}:{cls.__name__}:{format_.name}" if package else format_.name), format_


def format_of(key: str, *, allow_pickle: bool) -> Format | None:
    """Return the format with this key. None if the key is unknown, the format is not allowed, or its library is missing."""
    if key == "json":
        return JSON
    if key == "pickle":
        return PICKLE if allow_pickle else None
    package, _, rest = key.partition(":")
    if package not in libraries_with("formats"):
        return None
    import importlib  # imported lazily: most values need no library

    try:
        importlib.import_module(package)
    except ImportError:
        return None
    module = integration_module(package, "formats")
    class_name = rest.partition(":")[0]
    known: Mapping[type, Format] = {} if module is None else module.FORMATS
    return next((format_ for cls, format_ in known.items() if cls.__name__ == class_name), None)
