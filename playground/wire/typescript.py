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
    """Return the types, and the reply to each request."""
    types_ = [type_ for type_ in declarations.types if isinstance(type_, Shape) or not is_annotated(type_.kind)]
    return "\n".join([*(_declaration(type_, declarations) for type_ in types_), _exchanges(answers)])


def is_annotated(kind: Any) -> bool:
    """Return True for a type with a bound. TypeScript ignores the bound."""
    return typing.get_origin(kind) is Annotated


def comment(text: str, indent: str = "") -> str:
    """Return text as a documentation comment, or an empty string if there is no text."""
    for python, javascript in {"None": "null", "True": "true", "False": "false"}.items():
        text = re.sub(rf"\b{python}\b", f"`{javascript}`", text)
    if len(f"{indent}/** {text} */") <= WIDTH and "\n" not in text:
        return f"{indent}/** {text} */\n" if text else ""
    lines: list[str] = []
    for paragraph in text.split("\n\n"):
        lines += ["", *textwrap.wrap(paragraph, WIDTH - len(indent) - 3, break_on_hyphens=False)]
    return f"{indent}/**\n" + "".join(f"{indent} * {line}".rstrip() + "\n" for line in lines[1:]) + f"{indent} */\n"


def _declaration(type_: Shape | Alias, declarations: Declarations) -> str:
    if isinstance(type_, Shape):
        extends = "" if type_.base is None else f" extends {type_.base}"
        fields = "".join(_field(field, declarations) for field in type_.fields)
        return f"{comment(type_.documentation)}export interface {type_.name}{extends} {{\n{fields}}}\n"
    return f"{comment(type_.documentation)}export type {type_.name} = {_parts(type_.kind, declarations)};\n"


def _field(field: Field, declarations: Declarations) -> str:
    mark = "" if field.is_required else "?"
    return f"{comment(field.documentation, '  ')}  {field.name}{mark}: {_reference(field.kind, declarations)};\n"


def _reference(kind: Any, declarations: Declarations) -> str:
    """Return the name of a type, or its definition if it has no name."""
    if is_annotated(kind):
        return _reference(typing.get_args(kind)[0], declarations)
    return declarations.name_of(kind) or _parts(kind, declarations)


def _parts(kind: Any, declarations: Declarations) -> str:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is Literal:
        return " | ".join(f'"{literal}"' for literal in arguments)
    parts = [_reference(argument, declarations) for argument in arguments]
    if origin in UNIONS:
        return " | ".join(parts)
    if origin is list:
        return f"({parts[0]})[]" if "|" in parts[0] else f"{parts[0]}[]"
    if origin is dict:
        return f"Record<{parts[0]}, {parts[1]}>"
    return PLAIN[kind]


def _exchanges(answers: dict[Any, Any]) -> str:
    rows = [
        f"{kind_of(request)}: {{ request: {request.__name__}; reply: {reply.__name__} }};" for request, reply in answers.items()
    ]
    return comment("Each kind of request with its final reply.") + "\n".join(["export interface Exchanges {", *rows, "}"])
