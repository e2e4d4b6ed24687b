"""Reads the types of `src/headwater/wire/` in order, with their documentation."""

from __future__ import annotations

import ast
import inspect
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from types import ModuleType
from typing import Any, NotRequired


@dataclass(frozen=True)
class Field:
    """A field of a shape. `kind` is its type."""

    name: str
    kind: Any
    is_required: bool
    documentation: str


@dataclass(frozen=True)
class Shape:
    """A `TypedDict`, with the fields that it adds to its base."""

    name: str
    documentation: str
    base: str | None
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Alias:
    """A name for any other type."""

    name: str
    documentation: str
    kind: Any


class Declarations:
    """All types in the given modules."""

    def __init__(self, *modules: ModuleType) -> None:
        self.types = [type_ for module in modules for type_ in _types(module)]
        self._by_name = {type_.name: type_ for type_ in self.types}

    def __getitem__(self, name: str) -> Shape | Alias:
        return self._by_name[name]

    def name_of(self, kind: Any) -> str | None:
        """Return the name of a type, or None."""
        if typing.is_typeddict(kind):
            return str(kind.__name__)
        return next((type_.name for type_ in self.types if isinstance(type_, Alias) and type_.kind == kind), None)


def kind_of(shape: Any) -> str:
    """Return the kind of a request or reply."""
    (kind,) = typing.get_args(typing.get_type_hints(shape)["kind"])
    return str(kind)


def constant(module: ModuleType, name: str) -> tuple[int, str]:
    """Return a number that a module defines, and its documentation."""
    comments = {target: text for target, _, text in _documented(ast.parse(inspect.getsource(module)).body)}
    return getattr(module, name), comments[name]


def _types(module: ModuleType) -> Iterator[Shape | Alias]:
    for name, node, documentation in _documented(ast.parse(inspect.getsource(module)).body):
        if isinstance(node, ast.ClassDef):
            yield _shape(node, getattr(module, name))
        elif not name.isupper():
            yield Alias(name, documentation, getattr(module, name))


def _shape(node: ast.ClassDef, kind: Any) -> Shape:
    (base,) = (base.id for base in node.bases if isinstance(base, ast.Name))
    hints = typing.get_type_hints(kind, include_extras=True)
    fields = tuple(_field(name, hints[name], text) for name, _, text in _documented(node.body))
    return Shape(node.name, ast.get_docstring(node) or "", None if base == "TypedDict" else base, fields)


def _field(name: str, kind: Any, documentation: str) -> Field:
    if typing.get_origin(kind) is NotRequired:
        return Field(name, typing.get_args(kind)[0], is_required=False, documentation=documentation)
    return Field(name, kind, is_required=True, documentation=documentation)


def _documented(body: list[ast.stmt]) -> Iterator[tuple[str, ast.stmt, str]]:
    """Yield the classes, fields and names in a body, each with the docstring below it."""
    for node, following in pairwise([*body, ast.Pass()]):
        match node:
            case ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                yield name, node, _text(following)


def _text(node: ast.stmt) -> str:
    match node:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return inspect.cleandoc(text)
    return ""
