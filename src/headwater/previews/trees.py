"""Nested lists, dictionaries and records as a small JSON tree."""

from __future__ import annotations

import dataclasses
import json
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from headwater.previews.texts import class_of, clip, plain_text_of, text_of, truncate, type_name
from headwater.wire.bounds import MAX_VALUE_LENGTH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from headwater.wire.views import TreePreview

MAX_DEPTH = 6
"""The maximum number of levels shown."""
MAX_ITEMS = 50
"""The maximum number of items shown per container."""
MAX_LEAVES = 1_000
"""The maximum number of values shown in total."""
MAX_VALUE_CHARACTERS = 200
"""The maximum number of characters shown per nested value."""
MAX_LINE_LENGTH = 80
"""The maximum length of a tree that is shown on one line."""

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

_CONTAINERS = (dict, list, tuple, set, frozenset, deque)


def is_tree(value: Any) -> bool:
    """Return True if a value is shown as a tree: a built-in container or a dataclass."""
    return isinstance(value, _CONTAINERS) or (dataclasses.is_dataclass(value) and not isinstance(value, type))


def tree_preview(value: Any) -> TreePreview:
    """Return the top levels of a tree as JSON."""
    leaves = MAX_LEAVES
    while True:
        tree = _Tree(leaves)
        json_value = tree.of(value, MAX_DEPTH, ())
        text = json.dumps(json_value, ensure_ascii=False)
        if len(text) > MAX_LINE_LENGTH:
            text = json.dumps(json_value, ensure_ascii=False, indent=2)
        if len(text) <= MAX_VALUE_LENGTH:
            return {"kind": "tree", "type": type_name(value), "text": text, "truncated": tree.cut}
        leaves //= 4


class _Tree:
    def __init__(self, leaves: int = MAX_LEAVES) -> None:
        self.cut = False
        self._remaining = leaves

    def of(self, value: Any, depth: int, inside: tuple[int, ...]) -> Json:
        self._remaining -= 1
        if value is None or isinstance(value, (bool, float)):
            return value if type(value) in (bool, float, type(None)) else plain_text_of(value)
        if isinstance(value, int):
            number = int.__int__(value)  # the plain number, because a subclass may override conversions
            return number if abs(number) < 10**30 else truncate(text_of(value), MAX_VALUE_CHARACTERS)
        if isinstance(value, str):
            return self._truncate(value)
        if not is_tree(value):
            return self._truncate(_in_one_line(value))
        if depth == 0 or id(value) in inside:
            self.cut = True
            return "…"
        below = (*inside, id(value))
        if _is_record(value):
            return self._record(_pairs(value), depth - 1, below)
        items: list[Any] = sorted(islice(value, MAX_LEAVES), key=text_of) if _is_unordered(value) else value
        return self._list(items, len(value), depth - 1, below)

    def _record(self, pairs: Collection[tuple[Any, Any]], depth: int, inside: tuple[int, ...]) -> Json:
        shown: dict[str, Json] = {}
        count = 0
        for key, item in islice(pairs, max(0, min(MAX_ITEMS, self._remaining))):
            name = self._truncate(key if isinstance(key, str) else plain_text_of(key))
            while name in shown:  # 1 and "1" are different keys with the same text
                name += "'"
            shown[name] = self.of(item, depth, inside)
            count += 1
        if count < len(pairs):
            self.cut = True
            shown["…"] = f"{len(pairs) - count:,} more"
        return shown

    def _list(self, items: Iterable[Any], size: int, depth: int, inside: tuple[int, ...]) -> Json:
        shown = [self.of(item, depth, inside) for item in islice(items, max(0, min(MAX_ITEMS, self._remaining)))]
        if len(shown) < size:
            self.cut = True
            shown.append(f"… {size - len(shown):,} more")
        return shown

    def _truncate(self, text: str) -> str:
        self.cut = self.cut or clip(text, MAX_VALUE_CHARACTERS)[1]
        return truncate(text, MAX_VALUE_CHARACTERS)


def _is_record(value: Any) -> bool:
    return isinstance(value, dict) or dataclasses.is_dataclass(value) or hasattr(class_of(value), "_fields")


def _is_unordered(value: Any) -> bool:
    """Return True for sets, which are sorted so that a preview is the same in every run."""
    return isinstance(value, (set, frozenset))


def _pairs(value: Any) -> Collection[tuple[Any, Any]]:
    if isinstance(value, dict):
        return cast("Collection[tuple[Any, Any]]", value.items())
    names: Iterable[str]
    if dataclasses.is_dataclass(value):
        names = (field.name for field in dataclasses.fields(value) if field.repr)
    else:
        names = value._fields
    return [(name, getattr(value, name, "…")) for name in names]


def _in_one_line(value: Any) -> str:
    """Return the text of a nested value. For arrays and frames, return only the type and the shape."""
    shape: Any = getattr(value, "shape", None) if hasattr(class_of(value), "shape") else None
    if type(shape) is tuple and shape:
        return f"{type_name(value)} {' x '.join(map(str, cast('tuple[object, ...]', shape)))}"
    return plain_text_of(value)
