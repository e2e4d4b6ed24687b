"""Fields for entering inputs, overrides, and the config values that decorators read."""

from __future__ import annotations

import datetime as dt
import json
from itertools import islice
from math import inf
from typing import TYPE_CHECKING, Any, Final, ForwardRef, Literal, get_args, get_origin

from headwater.decorators.config import ConfigCondition
from headwater.decorators.protocol import Condition, Pending, attachments_of
from headwater.errors import LongName
from headwater.graph.mapping import value_type
from headwater.types.type_forms import is_union, unwrap
from headwater.types.typing_rules import is_instance
from headwater.wire.bounds import MAX_ITEMS, MAX_NAME_LENGTH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from headwater.graph.graph import Graph
    from headwater.graph.node import Node
    from headwater.wire.views import FieldView

_KINDS: Final[dict[Any, Literal["int", "float", "bool", "str"]]] = {int: "int", float: "float", bool: "bool", str: "str"}


_TABLES: Final = frozenset({"pandas.DataFrame", "pandas.Series", "polars.DataFrame", "polars.LazyFrame", "polars.Series"})
_MOMENTS: Final[dict[str, Literal["date", "datetime"]]] = {"datetime.date": "date", "datetime.datetime": "datetime"}

_JSON: Final[tuple[object, ...]] = ([], {}, "", 0, 0.5, True)
"""A value of each JSON type except `null`."""
_LITERALS: Final[tuple[object, ...]] = (*_JSON, (), set[object](), frozenset[object](), b"", 1j)
"""A value of each type that can be written as a Python literal or in a similar form."""
_MAX_DEPTH: Final = 20
_CONTAINERS: Final = (list, tuple, set, frozenset)


def field_of(graph: Graph, node: Node) -> FieldView | None:
    """Return the field for an input or an override of a function, or None if the value cannot be entered as text."""
    match node.kind:
        case "input":
            default = _default(graph, node)
            return _scalar_field(node.type, default) or _other_field(node.type, default, ("table", "date", "literal"))
        case "function":
            type_ = value_type(node)
            return _scalar_field(type_, None) or _other_field(type_, None, ("table", "date", "json", "literal"))
        case _:
            return None


def _scalar_field(type_: Any, default: str | None) -> FieldView | None:
    type_ = unwrap(type_)
    while hasattr(type_, "__supertype__"):
        type_ = unwrap(type_.__supertype__)
    kind = _KINDS.get(type_) if isinstance(type_, type) else None
    choices: list[str] = []
    if kind is None:
        values = get_args(type_) if get_origin(type_) is Literal else ()
        choices = [text for text in map(_json_text, values) if text is not None]
        if not 0 < len(choices) <= MAX_ITEMS or len(choices) < len(values):
            return None
    return {"kind": kind or "choice", "choices": choices, "default": default}


def _other_field(type_: Any, default: str | None, kinds: Iterable[str]) -> FieldView | None:
    """Return a field of the first kind that can hold a value of the type, or None."""
    name = _class_name(type_)
    for kind in kinds:
        match kind:
            case "table" if name in _TABLES:
                return {"kind": "table", "choices": [], "default": None}
            case "date" if name in _MOMENTS:
                return {"kind": _MOMENTS[name], "choices": [], "default": default}
            case "json" if _takes(type_, _JSON):
                return {"kind": "json", "choices": [], "default": None}
            case "literal" if _takes(type_, _LITERALS):
                return {"kind": "literal", "choices": [], "default": default}
            case _:
                continue
    return None


def _takes(type_: Any, values: Iterable[object]) -> bool:
    """Return True if a type accepts at least one of the values. A type known only by name accepts no value."""
    if any(isinstance(member, ForwardRef) for member in _members(type_)):
        return False
    return any(is_instance(value, type_) for value in values)


def _members(type_: Any) -> list[Any]:
    """Return the alternatives of a type except `None`. Types known only by name stay unchanged."""
    for _ in range(_MAX_DEPTH):
        if isinstance(type_, ForwardRef):
            return [type_]
        type_ = unwrap(type_)
        if not hasattr(type_, "__supertype__"):
            break
        type_ = type_.__supertype__
    if not is_union(get_origin(type_)):
        return [type_]
    return [member for member in get_args(type_) if member is not type(None)]


def _class_name(type_: Any) -> str:
    """Return the name of a type's only class, with its library, such as `pandas.Series`. The type may also allow `None`."""
    members = _members(type_)
    if len(members) != 1:
        return ""
    member = members[0] if isinstance(members[0], ForwardRef) else unwrap(members[0])
    member = get_origin(member) or member
    if isinstance(member, ForwardRef):
        library, _, name = member.__forward_arg__.partition("[")[0].rpartition(".")
    elif isinstance(member, type):
        library, name = member.__module__, member.__name__
    else:
        return ""
    return f"{library.partition('.')[0]}.{name}"


def config_fields(functions: Iterable[Callable[..., Any]]) -> dict[str, FieldView]:
    """Return a field for each config key that functions' decorators read.

    If decorators compare a key with fixed values, these values are the choices. Any other key accepts any JSON value.
    """
    compared: dict[str, list[str]] = {}
    any_json: dict[str, str | None] = {}
    for attachment in (attachment for function in functions for attachment in attachments_of(function)):
        if isinstance(attachment, ConfigCondition):
            for key, value in attachment.values.items():
                accepted = [value] if attachment.test in ("when", "when_not") else value
                texts = map(_json_text, accepted)
                compared.setdefault(key, []).extend(text for text in texts if text not in (None, "null"))
        elif isinstance(attachment, Condition | Pending):
            defaults: Mapping[str, Any] = getattr(attachment, "defaults", {})
            any_json.update({key: _json_text(defaults[key]) if key in defaults else None for key in sorted(attachment.keys)})
    choices: dict[str, FieldView] = {
        key: {"kind": "choice", "choices": list(dict.fromkeys(texts))[:MAX_ITEMS], "default": None}
        for key, texts in compared.items()
    }
    fields: dict[str, FieldView] = {
        **choices,
        **{key: {"kind": "json", "choices": [], "default": default} for key, default in any_json.items()},
    }
    fields_with_short_names = ((key, field) for key, field in fields.items() if len(key) <= LongName.MAX_LENGTH)
    return dict(islice(fields_with_short_names, MAX_ITEMS))


def _default(graph: Graph, node: Node) -> str | None:
    """Return the default that all parameters for an input share.

    None if a parameter has no default, if the defaults differ, or if the default cannot be entered as text.
    """
    reads = [
        dependency
        for reader in graph.consumers[node.name]
        for dependency in graph[reader].dependencies
        if dependency.source == node.name
    ]
    texts = {_default_text(node, read.default) if read.optional else None for read in reads}
    return texts.pop() if len(texts) == 1 else None


def _default_text(node: Node, value: Any) -> str | None:
    """Return a default as text for a node's field, or None if the default cannot be entered."""
    if _scalar_field(node.type, None) is not None:
        return _json_text(value)
    if type(value) is dt.datetime or type(value) is dt.date:
        return f"{type(value).__name__}:{value.isoformat()}"
    if _class_name(node.type) in _MOMENTS or not _is_literal(value, _MAX_DEPTH):
        return None
    text = f"literal:{value!r}"
    return text if len(text) <= MAX_NAME_LENGTH else None


def _is_literal(value: Any, depth: int) -> bool:
    """Return True if the repr of a value is a literal."""
    if value is None or type(value) in _KINDS or type(value) in (bytes, complex):
        return value == value and value not in (inf, -inf)  # noqa: PLR0124 - NaN has no literal
    if depth == 0:
        return False
    parts = [*value.keys(), *value.values()] if type(value) is dict else value if type(value) in _CONTAINERS else None
    return parts is not None and all(_is_literal(part, depth - 1) for part in parts)


def _json_text(value: Any) -> str | None:
    """Return a number, string or boolean as JSON (which distinguishes 1 and 1.0), or None for other types and long values."""
    if value is not None and type(value) not in _KINDS:
        return None
    try:
        text = json.dumps(value, allow_nan=False)
    except ValueError:
        return None
    return text if len(text) <= MAX_NAME_LENGTH else None
