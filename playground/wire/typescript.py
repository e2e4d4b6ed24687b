"""The types of the wire format in TypeScript."""

from __future__ import annotations

import re
import textwrap
import types
import typing
from typing import Annotated, Any, Literal, Union

from wire.declarations import Alias, Declarations, Field, Shape, kind_of

PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"}
UNIONS = (Union, types.UnionType)
WIDTH = 120


def typescript(declarations: Declarations, answers: dict[Any, Any]) -> str:
    """The types, and which request is answered by which reply."""
    written = [
        _written(one, declarations) for one in declarations.types if isinstance(one, Shape) or not is_annotated(one.kind)
    ]
    return "\n".join([*written, _exchanges(answers)])


def is_annotated(kind: Any) -> bool:
    """Whether a type is one with a bound: to TypeScript it is the type without."""
    return typing.get_origin(kind) is Annotated


def comment(text: str, indent: str = "") -> str:
    """A text as documentation; nothing for no text."""
    for python, javascript in {"None": "null", "True": "true", "False": "false"}.items():
        text = re.sub(rf"\b{python}\b", f"`{javascript}`", text)
    if len(f"{indent}/** {text} */") <= WIDTH and "\n" not in text:
        return f"{indent}/** {text} */\n" if text else ""
    lines: list[str] = []
    for paragraph in text.split("\n\n"):
        lines += ["", *textwrap.wrap(paragraph, WIDTH - len(indent) - 3, break_on_hyphens=False)]
    return f"{indent}/**\n" + "".join(f"{indent} * {line}".rstrip() + "\n" for line in lines[1:]) + f"{indent} */\n"


def _written(one: Shape | Alias, declarations: Declarations) -> str:
    if isinstance(one, Shape):
        extends = "" if one.base is None else f" extends {one.base}"
        fields = "".join(_field(field, declarations) for field in one.fields)
        return f"{comment(one.documentation)}export interface {one.name}{extends} {{\n{fields}}}\n"
    return f"{comment(one.documentation)}export type {one.name} = {_parts(one.kind, declarations)};\n"


def _field(field: Field, declarations: Declarations) -> str:
    mark = "" if field.is_required else "?"
    return f"{comment(field.documentation, '  ')}  {field.name}{mark}: {_reference(field.kind, declarations)};\n"


def _reference(kind: Any, declarations: Declarations) -> str:
    """A type by its name, if it has one."""
    if is_annotated(kind):
        return _reference(typing.get_args(kind)[0], declarations)
    return declarations.name_of(kind) or _parts(kind, declarations)


def _parts(kind: Any, declarations: Declarations) -> str:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is Literal:
        return " | ".join(f'"{word}"' for word in arguments)
    parts = [_reference(one, declarations) for one in arguments]
    if origin in UNIONS:
        return " | ".join(parts)
    if origin is list:
        return f"({parts[0]})[]" if "|" in parts[0] else f"{parts[0]}[]"
    if origin is dict:
        return f"Record<{parts[0]}, {parts[1]}>"
    return PLAIN[kind]


def _exchanges(answers: dict[Any, Any]) -> str:
    rows = [f"{kind_of(one)}: {{ request: {one.__name__}; reply: {answer.__name__} }};" for one, answer in answers.items()]
    return comment("Each kind of request, and the reply that ends the waiting for it.") + "\n".join(
        ["export interface Exchanges {", *rows, "}"]
    )
