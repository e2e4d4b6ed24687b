"""The validators of replies, with valibot: each text, list and dictionary is held to its bound."""

from __future__ import annotations

import typing
from typing import Annotated, Any, Literal, Union

from wire.declarations import Declarations, Shape
from wire.typescript import UNIONS

from headwater.wire.bounds import DistinctKey, Matching, MaxItems, MaxLength


def validators(declarations: Declarations, name: str) -> str:
    """The validator of a type, after those of all types that it needs."""
    written = _ValidatorWriter(declarations)
    constant = written.reference(name)
    return "\n".join(written.constants.values()) + f"\nexport {{ {constant} }};\n"


class _ValidatorWriter:
    def __init__(self, declarations: Declarations) -> None:
        self._declarations = declarations
        self.constants: dict[str, str] = {}
        """The statement that makes each constant, those first that others need."""

    def reference(self, name: str) -> str:
        """The constant of a type, which is written first if it is not there yet."""
        constant = name[0].lower() + name[1:]
        if constant not in self.constants:
            one = self._declarations[name]
            text = self._shape(one) if isinstance(one, Shape) else self._parts(one.kind)
            self.constants[constant] = f"const {constant} = {text};\n"
        return constant

    def _shape(self, shape: Shape) -> str:
        lines = [] if shape.base is None else [f"...{self.reference(shape.base)}.entries,"]
        for field in shape.fields:
            text = self._validator(field.kind)
            whole = text if field.is_required else f"v.exactOptional({text})"
            lines.append(f"{field.name}," if whole == field.name else f"{field.name}: {whole},")
        return "\n".join(["v.object({", *lines, "})"])

    def _validator(self, kind: Any) -> str:
        name = self._declarations.name_of(kind)
        return self._parts(kind) if name is None else self.reference(name)

    def _parts(self, kind: Any) -> str:
        origin, arguments = typing.get_origin(kind), typing.get_args(kind)
        if origin is Annotated:
            return self._bounded(arguments[0], arguments[1:])
        if origin is Literal:
            words = [f'"{word}"' for word in arguments]
            return f"v.picklist([{', '.join(words)}])" if len(words) > 1 else f"v.literal({words[0]})"
        if origin in UNIONS:
            return self._union(arguments)
        plain = {bool: "v.boolean()", float: "v.number()", int: "count"}
        if kind not in plain:
            raise TypeError(f"{kind} has no bound, so that a page could not accept it.")
        return plain[kind]

    def _bounded(self, kind: Any, limits: tuple[Any, ...]) -> str:
        parts = [self._validator(one) for one in typing.get_args(kind)]
        match typing.get_origin(kind) or kind, limits:
            case type() as known, (MaxLength(most),) if known is str:
                return f"longest({most:_})"
            case type() as known, (MaxLength(most), Matching(pattern)) if known is str:
                return f"v.pipe(longest({most:_}), v.regex(/{pattern}/))"
            case type() as known, (MaxItems(most),) if known is list:
                return f"several({parts[0]}, {most:_})"
            case type() as known, (MaxItems(most),) if known is dict:
                return f"named({parts[0]}, {parts[1]}, {most:_})"
            case _, (DistinctKey(key),) if len(parts) == 2:
                return f'withOrWithout("{key}", {parts[1]}, {parts[0]})'
        raise TypeError(f"Nobody knows how to hold {kind} to {limits}.")

    def _union(self, members: tuple[Any, ...]) -> str:
        rest = [one for one in members if one is not type(None)]
        if len(rest) < len(members):
            return f"v.nullable({self._validator(Union[tuple(rest)])})"  # noqa: UP007 - of a list that has any length
        parts = ", ".join(self._validator(one) for one in members)
        if not all(map(typing.is_typeddict, members)):
            return f"v.union([{parts}])"
        return f'v.variant("kind", [{parts}])'
