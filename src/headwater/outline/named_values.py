"""The text of values whose classes the dataflow defines: members of enumerations, and calls to dataclasses."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from headwater.encoding.code_texts import code_text
from headwater.outline.constant_values import UnknownValue
from headwater.outline.module import SourceModule

_ENUMS: Final = frozenset(f"enum.{name}" for name in ("Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"))
_DATACLASS: Final = "dataclasses.dataclass"
_NOT_FIELDS: Final = re.compile("ClassVar|InitVar|KW_ONLY")


@dataclass(frozen=True, slots=True)
class NamedValue:
    """A value of which only the text is known. Its `repr` is the text that the value has in a built graph."""

    text: str

    def __repr__(self) -> str:
        return self.text


def enum_member(full_name: str, modules: Mapping[str, SourceModule]) -> NamedValue | None:
    """Return the member of an enumeration in the dataflow, or None if the name refers to anything else."""
    owner, _, member = full_name.rpartition(".")
    found = _class(owner, modules)
    if found is None:
        return None
    defined, module = found
    if not any(module.full_name(base) in _ENUMS for base in defined.bases):
        return None
    targets = [target for statement in defined.body if isinstance(statement, ast.Assign) for target in statement.targets]
    is_member = any(isinstance(target, ast.Name) and target.id == member for target in targets)
    return NamedValue(f"{defined.name}.{member}") if is_member and not member.startswith("_") else None


class Reader(Protocol):
    """A reader of expressions in the modules of the dataflow."""

    @property
    def modules(self) -> Mapping[str, SourceModule]:
        """All modules in the dataflow, keyed by name."""
        ...

    def value_in(self, module: SourceModule, expression: ast.expr) -> Any:
        """Return the value of an expression. Raises `UnknownValue` if the text does not determine the value."""
        ...


def dataclass_call(full_name: str, arguments: tuple[list[Any], dict[str, Any]], reader: Reader) -> NamedValue:
    """Return the value of a call to a dataclass in the dataflow, with all of its fields.

    Raises:
        UnknownValue: the class is not a dataclass whose `repr` shows its own fields, or a field has no known value.
    """
    found = _class(full_name, reader.modules)
    if found is None or not _is_plain_dataclass(*found):
        raise UnknownValue
    defined, module = found
    defaults = dict(_fields(defined))
    positional, keywords = arguments
    provided = dict(zip(defaults, positional, strict=False))
    if len(positional) > len(defaults) or not keywords.keys() <= defaults.keys() - provided.keys():
        raise UnknownValue
    provided |= keywords
    texts: list[str] = []
    for name, default in defaults.items():
        if name not in provided and default is None:
            raise UnknownValue
        value = provided[name] if default is None or name in provided else reader.value_in(module, default)
        texts.append(f"{name}={code_text(value)}")
    return NamedValue(f"{defined.name}({', '.join(texts)})")


def _class(full_name: str, modules: Mapping[str, SourceModule]) -> tuple[ast.ClassDef, SourceModule] | None:
    """Return a class that is defined once in the dataflow, and its module."""
    owner, _, name = full_name.rpartition(".")
    module = modules.get(owner.lstrip("."))
    if module is None or name not in module.classes or module.bound[name] != 1 or module.is_opaque:
        return None
    return module.classes[name], module


def _is_plain_dataclass(defined: ast.ClassDef, module: SourceModule) -> bool:
    callees = [decorator.func if isinstance(decorator, ast.Call) else decorator for decorator in defined.decorator_list]
    methods = {statement.name for statement in defined.body if isinstance(statement, ast.FunctionDef)}
    is_dataclass = [module.full_name(callee) for callee in callees] == [_DATACLASS]
    return is_dataclass and not defined.bases and methods.isdisjoint({"__repr__", "__init__", "__new__", "__post_init__"})


def _fields(defined: ast.ClassDef) -> Iterator[tuple[str, ast.expr | None]]:
    """Yield the fields of a dataclass with their defaults. Raise `UnknownValue` for annotations that are not fields."""
    for statement in defined.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            if _NOT_FIELDS.search(ast.unparse(statement.annotation)):
                raise UnknownValue
            yield statement.target.id, statement.value
