"""Generate valibot validators for replies. They check the bound of every string, list and dictionary."""

from __future__ import annotations

import typing
from typing import Annotated, Any, Literal, Union

from wire.declarations import Declarations, Shape
from wire.typescript import UNIONS

from headwater.wire.bounds import DistinctKey, Matching, MaxItems, MaxLength


def validators(declarations: Declarations, name: str) -> str:
    """Return the validator for a type, preceded by the validators of the types that it uses."""
    writer = _ValidatorWriter(declarations)
    constant = writer.reference(name)
    return "\n".join(writer.constants.values()) + f"\nexport {{ {constant} }};\n"


class _ValidatorWriter:
    def __init__(self, declarations: Declarations) -> None:
        self._declarations = declarations
        self.constants: dict[str, str] = {}
        """The statement of each constant, preceded by the statements that it uses."""

    def reference(self, name: str) -> str:
        """Return the constant for a type. Generate its statement if it does not exist yet."""
        constant = name[0].lower() + name[1:]
        if constant not in self.constants:
            type_ = self._declarations[name]
            text = self._shape(type_) if isinstance(type_, Shape) else self._parts(type_.kind)
            self.constants[constant] = f"const {constant} = {text};\n"
        return constant

    def _shape(self, shape: Shape) -> str:
        lines = [] if shape.base is None else [f"...{self.reference(shape.base)}.entries,"]
        for field in shape.fields:
            text = self._validator(field.kind)
            validator = text if field.is_required else f"v.exactOptional({text})"
            lines.append(f"{field.name}," if validator == field.name else f"{field.name}: {validator},")
        return "\n".join(["v.object({", *lines, "})"])

    def _validator(self, kind: Any) -> str:
        name = self._declarations.name_of(kind)
        return self._parts(kind) if name is None else self.reference(name)

    def _parts(self, kind: Any) -> str:
        origin, arguments = typing.get_origin(kind), typing.get_args(kind)
        if origin is Annotated:
            return self._bounded(arguments[0], arguments[1:])
        if origin is Literal:
            literals = [f'"{literal}"' for literal in arguments]
            return f"v.picklist([{', '.join(literals)}])" if len(literals) > 1 else f"v.literal({literals[0]})"
        if origin in UNIONS:
            return self._union(arguments)
        plain = {bool: "v.boolean()", float: "v.number()", int: "count"}
        if kind not in plain:
            raise TypeError(f"{kind} has no bound, so the page cannot accept it.")
        return plain[kind]

    def _bounded(self, kind: Any, limits: tuple[Any, ...]) -> str:
        parts = [self._validator(argument) for argument in typing.get_args(kind)]
        match typing.get_origin(kind) or kind, limits:
            case type() as known, (MaxLength(limit),) if known is str:
                return f"maxText({limit:_})"
            case type() as known, (MaxLength(limit), Matching(pattern)) if known is str:
                return f"v.pipe(maxText({limit:_}), v.regex(/{pattern}/))"
            case type() as known, (MaxItems(limit),) if known is list:
                return f"maxItems({parts[0]}, {limit:_})"
            case type() as known, (MaxItems(limit),) if known is dict:
                return f"maxEntries({parts[0]}, {parts[1]}, {limit:_})"
            case _, (DistinctKey(key),) if len(parts) == 2:
                return f'unionByKey("{key}", {parts[1]}, {parts[0]})'
        raise TypeError(f"No validator applies {limits} to {kind}.")

    def _union(self, members: tuple[Any, ...]) -> str:
        rest = [member for member in members if member is not type(None)]
        if len(rest) < len(members):
            return f"v.nullable({self._validator(Union[tuple(rest)])})"  # noqa: UP007 - a union of any length
        parts = ", ".join(self._validator(member) for member in members)
        if not all(map(typing.is_typeddict, members)):
            return f"v.union([{parts}])"
        return f'v.variant("kind", [{parts}])'
