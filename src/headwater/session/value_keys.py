"""Keys of values, such as the columns of a table, for completion in an editor.

The keys of a value are returned only if the value is a direct instance of a supported class. Reading an instance of a subclass,
or of any other class, could run the user's code.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from headwater.libraries.support import integration_module, libraries_with
from headwater.previews.texts import class_of, truncate, type_name
from headwater.wire.bounds import MAX_COMPLETION_LENGTH, MAX_COMPLETIONS, MAX_TYPE_LENGTH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from headwater.wire.views import CompletionView

    Pairs: TypeAlias = Iterable[tuple[object, str]]

_DICTIONARIES: Final = (dict, defaultdict, OrderedDict)
_MAX_READ: Final = 10_000
"""The maximum number of keys that are read, including keys that are not strings."""


def keys_of(value: Any) -> list[CompletionView]:
    """Return the string keys of a value in order, each with the type of its value or column.

    >>> keys_of({"tea": 3, 7: "seven"})
    [{'name': 'tea', 'type': 'int'}]
    """
    pairs = islice(_pairs(value), _MAX_READ)
    return list(islice((_completion(name, type_) for name, type_ in pairs if _can_complete(name)), MAX_COMPLETIONS))


def _pairs(value: Any) -> Pairs:
    """Return keys with types. There may be more keys than a page shows, so they are read one at a time."""
    class_ = class_of(value)
    if any(class_ is dictionary for dictionary in _DICTIONARIES):
        return _dictionary_pairs(value)
    for library in libraries_with("labels"):
        module = integration_module(library, "labels")
        readers: Mapping[type, Callable[[Any], Pairs]] = {} if module is None else module.LABELS
        for known, read in readers.items():
            if known is class_:  # not `readers[class_]`, which would call the hash function of the user's metaclass
                return read(value)
    return ()


def _dictionary_pairs(dictionary: Mapping[object, object]) -> Pairs:
    return ((key, type_name(value)) for key, value in dictionary.items())


def _can_complete(name: object) -> bool:
    """Return whether a key is a string whose characters are visible in the code."""
    return type(name) is str and len(name) <= MAX_COMPLETION_LENGTH and name.isprintable()


def _completion(name: object, type_: str) -> CompletionView:
    return {"name": cast("str", name), "type": truncate(type_, MAX_TYPE_LENGTH)}
