"""How values are typed in: the inputs of a dataflow, the config that its variants look at, and what overrides a node."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, ForwardRef, Literal, get_args, get_origin

from headwater.bounds import LONGEST_NAME, MOST_ITEMS
from headwater.errors import LongName
from headwater.modifiers.config import ConfigCondition
from headwater.modifiers.protocol import Condition, Pending, modifiers_of
from headwater.type_forms import unwrapped
from headwater.typing_rules import is_instance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from headwater.graph import Graph
    from headwater.node import Node
    from headwater.views import FieldView

_KINDS: Final[dict[Any, Literal["int", "float", "bool", "str"]]] = {int: "int", float: "float", bool: "bool", str: "str"}


_JSON: Final[tuple[object, ...]] = ([], {}, "", 0, 0.5, True)
"""A value of each kind that JSON knows, `null` left out."""


def field_of(graph: Graph, node: Node) -> FieldView | None:
    """How to type in an input, or what overrides a function; None where the value cannot be typed: a frame, a class."""
    match node.kind:
        case "input":
            return _scalar_field(node.type, _default(graph, node))
        case "function":
            return _scalar_field(node.type, None) or _json_field(node.type)
        case _:
            return None


def _scalar_field(type_: Any, default: str | None) -> FieldView | None:
    type_ = unwrapped(type_)
    while hasattr(type_, "__supertype__"):
        type_ = unwrapped(type_.__supertype__)
    kind = _KINDS.get(type_) if isinstance(type_, type) else None
    choices: list[str] = []
    if kind is None:
        values = get_args(type_) if get_origin(type_) is Literal else ()
        choices = [text for text in map(_written, values) if text is not None]
        if not 0 < len(choices) <= MOST_ITEMS or len(choices) < len(values):
            return None
    return {"kind": kind or "choice", "choices": choices, "default": default}


def _json_field(type_: Any) -> FieldView | None:
    """Of a type that some JSON value is of; not of one that is known by its name only."""
    if isinstance(type_, ForwardRef) or not any(is_instance(value, type_) for value in _JSON):
        return None
    return {"kind": "json", "choices": [], "default": None}


def config_fields(functions: Iterable[Callable[..., Any]]) -> dict[str, FieldView]:
    """The config keys that some functions' decorators look at.

    Those that are compared with values can be one of these; any others, whatever JSON can say.
    """
    compared: dict[str, list[str]] = {}
    open_: dict[str, str | None] = {}
    for noted in (one for function in functions for one in modifiers_of(function)):
        if isinstance(noted, ConfigCondition):
            for key, value in noted.values.items():
                named = [value] if noted.test in ("when", "when_not") else value
                texts = (_written(one) for one in named)
                compared.setdefault(key, []).extend(text for text in texts if text not in (None, "null"))
        elif isinstance(noted, Condition | Pending):
            defaults: Mapping[str, Any] = getattr(noted, "defaults", {})
            open_.update({key: _written(defaults[key]) if key in defaults else None for key in sorted(noted.keys)})
    choices: dict[str, FieldView] = {
        key: {"kind": "choice", "choices": list(dict.fromkeys(texts))[:MOST_ITEMS], "default": None}
        for key, texts in compared.items()
    }
    fields: dict[str, FieldView] = {
        **choices,
        **{key: {"kind": "json", "choices": [], "default": default} for key, default in open_.items()},
    }
    named = ((key, field) for key, field in fields.items() if len(key) <= LongName.LONGEST)
    return dict(islice(named, MOST_ITEMS))


def _default(graph: Graph, node: Node) -> str | None:
    """The default that all readers of an input agree on, if it can be typed in."""
    reads = [
        dependency
        for reader in graph.consumers[node.name]
        for dependency in graph[reader].dependencies
        if dependency.source == node.name
    ]
    texts = {_written(read.default) if read.optional else None for read in reads}
    return texts.pop() if len(texts) == 1 else None


def _written(value: Any) -> str | None:
    """A number, a text or a truth value as JSON, which tells 1 from 1.0; None for anything else, or for too long a text."""
    if value is not None and type(value) not in _KINDS:
        return None
    try:
        text = json.dumps(value, allow_nan=False)
    except ValueError:
        return None
    return text if len(text) <= LONGEST_NAME else None
