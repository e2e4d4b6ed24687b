"""What `src/headwater/wire/` states: its types in their order, with their documentation."""

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
    """A field of a shape; `kind` is its type."""

    name: str
    kind: Any
    is_required: bool
    documentation: str


@dataclass(frozen=True)
class Shape:
    """A TypedDict: the fields that it adds to those of the shape that it extends."""

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
    """All types of several modules."""

    def __init__(self, *modules: ModuleType) -> None:
        self.types = [one for module in modules for one in _types(module)]
        self._by_name = {one.name: one for one in self.types}

    def __getitem__(self, name: str) -> Shape | Alias:
        return self._by_name[name]

    def name_of(self, kind: Any) -> str | None:
        """The name of a type; None for one that has none."""
        if typing.is_typeddict(kind):
            return str(kind.__name__)
        return next((one.name for one in self.types if isinstance(one, Alias) and one.kind == kind), None)


def kind_of(shape: Any) -> str:
    """The kind by which a request or a reply is told from the others."""
    (word,) = typing.get_args(typing.get_type_hints(shape)["kind"])
    return str(word)


def constant(module: ModuleType, name: str) -> tuple[int, str]:
    """A number that a module states, and its documentation."""
    comments = {target: text for target, _, text in _commented(ast.parse(inspect.getsource(module)).body)}
    return getattr(module, name), comments[name]


def _types(module: ModuleType) -> Iterator[Shape | Alias]:
    for name, node, documentation in _commented(ast.parse(inspect.getsource(module)).body):
        if isinstance(node, ast.ClassDef):
            yield _shape(node, getattr(module, name))
        elif not name.isupper():
            yield Alias(name, documentation, getattr(module, name))


def _shape(node: ast.ClassDef, kind: Any) -> Shape:
    (base,) = (one.id for one in node.bases if isinstance(one, ast.Name))
    hints = typing.get_type_hints(kind, include_extras=True)
    fields = tuple(_field(name, hints[name], text) for name, _, text in _commented(node.body))
    return Shape(node.name, ast.get_docstring(node) or "", None if base == "TypedDict" else base, fields)


def _field(name: str, kind: Any, documentation: str) -> Field:
    if typing.get_origin(kind) is NotRequired:
        return Field(name, typing.get_args(kind)[0], is_required=False, documentation=documentation)
    return Field(name, kind, is_required=True, documentation=documentation)


def _commented(body: list[ast.stmt]) -> Iterator[tuple[str, ast.stmt, str]]:
    """The classes, fields and names of a body, each with the string that stands below it."""
    for node, following in pairwise([*body, ast.Pass()]):
        match node:
            case ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                yield name, node, _text(following)


def _text(node: ast.stmt) -> str:
    match node:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return inspect.cleandoc(text)
    return ""
