"""Digests of compiled code, and the names that the code reads.

A digest is computed from loaded code, not from files: a file may have changed since it was imported. Instructions are
decoded here instead of by `dis`, which takes ten times as long. A test compares the results with those
of `dis`.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from dis import opmap
from hashlib import blake2b
from importlib.util import MAGIC_NUMBER
from inspect import CO_OPTIMIZED
from types import CodeType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

_HAS_DOCSTRING: Final = 0x4000000
"""Python 3.13's flag for code whose first constant is a docstring.

Older versions always reserve a function's first constant for its docstring.
"""
_RESERVES_DOCSTRING: Final = sys.version_info < (3, 13)

_CACHE: Final = opmap.get("CACHE", 0)
"""An instruction that does nothing. It reserves space after some other instructions."""
_EXTENDED: Final = opmap["EXTENDED_ARG"]
_GLOBAL: Final = opmap["LOAD_GLOBAL"]
_NAMES: Final = frozenset(opmap[name] for name in ("LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS") if name in opmap)
_ATTRIBUTES: Final = {
    opmap["LOAD_ATTR"]: 1 if sys.version_info >= (3, 12) else 0,
    **({opmap["LOAD_METHOD"]: 0} if "LOAD_METHOD" in opmap else {}),
}
"""The operations that read an attribute, mapped to the number of low bits that precede the name's index in the argument."""
_STORES: Final = frozenset({opmap["STORE_GLOBAL"], opmap["DELETE_GLOBAL"]})
_IMPORT: Final = opmap["IMPORT_NAME"]
_IMPORT_PART: Final = opmap["IMPORT_FROM"]
_CONSTANT: Final = opmap["LOAD_CONST"]
_SMALL_INT: Final = opmap.get("LOAD_SMALL_INT")


class Import(NamedTuple):
    """An import inside a function."""

    module: str
    level: int
    names: tuple[str, ...] | None
    """The names imported from the module. None if the module itself is imported."""
    binds_package: bool = False
    """Whether the code binds the top-level package: `import a.b`, but not `import a.b as b`."""


@dataclass(frozen=True, slots=True)
class NamesRead:
    """The module-level names that a function reads."""

    paths: tuple[tuple[str, ...], ...] = ()
    """Each name, followed by the attributes that are read from it: `("helpers", "rates", "tax")`."""
    imports: tuple[Import, ...] = ()
    rebound: frozenset[str] = frozenset()
    """Names that the function assigns with `global`."""


_SIMPLE: Final = frozenset({type(None), bool, float, complex, str, bytes, type(...)})
"""The types of constants whose `repr` is the same in every process."""
_NO_NAMES: Final = NamesRead()


def code_digest(code: CodeType) -> bytes:
    """Return a digest of a code object. Comments, layout, docstrings and names of local variables do not affect it."""
    arguments = code.co_argcount + code.co_kwonlyargcount
    instructions, exceptions = code.co_code, code.co_exceptiontable
    described = repr(
        (
            *(len(instructions), len(exceptions), code.co_flags & ~_HAS_DOCSTRING),
            *(code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount),
            *(code.co_names, code.co_varnames[:arguments], code.co_freevars, code.co_cellvars),
            [constant if type(constant) in _SIMPLE else _described(constant) for constant in _constants(code)],
        )
    )
    encoded = described.encode("utf-8", "surrogatepass")
    return blake2b(b"".join((MAGIC_NUMBER, encoded, instructions, exceptions)), digest_size=16).digest()


def _constants(code: CodeType) -> tuple[Any, ...]:
    """Return the constants of a code object, without its docstring."""
    constants = code.co_consts
    if not constants or not isinstance(constants[0], str):
        return constants
    if _RESERVES_DOCSTRING:
        has_docstring = bool(code.co_flags & CO_OPTIMIZED) and not code.co_name.startswith("<")
    else:
        has_docstring = bool(code.co_flags & _HAS_DOCSTRING)
    return (None, *constants[1:]) if has_docstring else constants


def _described(constant: Any) -> Any:
    """Return a value whose `repr` identifies the constant and is the same in every process."""
    if isinstance(constant, CodeType):
        return code_digest(constant)
    if type(constant) is tuple:
        return tuple(map(_described, constant))
    if type(constant) is frozenset:
        return ["set", *sorted(map(repr, map(_described, constant)))]
    if type(constant) is int:
        return hex(constant)[1:] if abs(constant) > sys.maxsize else constant  # `repr` rejects long integers
    return constant


def names_read(code: CodeType, known: Container[str]) -> NamesRead:
    """Return the names that code reads from its module and imports.

    Args:
        code: the code of a function.
        known: the names to look for. Code that contains neither these names nor an import is not decoded.
    """
    paths: dict[tuple[str, ...], None] = {}
    imports: dict[Import, None] = {}
    rebound: set[str] = set()
    for part in with_nested(code):
        if any(name in known for name in part.co_names) or _IMPORT in part.co_code[::2]:
            _read(part, paths, imports, rebound)
    return NamesRead(tuple(paths), tuple(imports), frozenset(rebound)) if paths or imports or rebound else _NO_NAMES


def all_names(code: CodeType) -> frozenset[str]:
    """Return all names of globals, attributes and imports in code."""
    return frozenset(name for part in with_nested(code) for name in part.co_names)


def all_strings(code: CodeType) -> Iterator[str]:
    """Yield the string constants in code. Some may be queries that refer to module-level values."""
    for part in with_nested(code):
        yield from (constant for constant in part.co_consts if isinstance(constant, str))


def with_nested(code: CodeType) -> Iterator[CodeType]:
    """Yield code, and the code of the functions and classes in it."""
    pending = [code]
    while pending:
        part = pending.pop()
        yield part
        pending += [constant for constant in part.co_consts if isinstance(constant, CodeType)]


def _read(  # noqa: C901, PLR0912 - one case for each kind of instruction
    code: CodeType, paths: dict[tuple[str, ...], None], imports: dict[Import, None], rebound: set[str]
) -> None:
    names, constants, instructions = code.co_names, code.co_consts, code.co_code
    path: tuple[str, ...] = ()
    previous: list[Any] = [None, None]
    """The values that the previous two instructions load. Before an import, they are the import's level and names."""
    dotted: Import | None = None
    """The import in the previous instruction. The current instruction decides which name the import binds."""
    extended = 0
    for offset in range(0, len(instructions), 2):
        operation = instructions[offset]
        if operation == _CACHE:
            continue
        argument = instructions[offset + 1] | extended
        if operation == _EXTENDED:
            extended = argument << 8
            continue
        extended = 0
        if dotted is not None:
            imports[dotted._replace(binds_package=operation != _IMPORT_PART)] = None
            dotted = None
        if path:
            if operation in _ATTRIBUTES:
                path = (*path, names[argument >> _ATTRIBUTES[operation]])
                continue
            paths[path] = None
            path = ()
        if operation == _GLOBAL:
            path = (names[argument >> 1],)
        elif operation in _NAMES:
            path = (names[argument],)
        elif operation in _STORES:
            rebound.add(names[argument])
        elif operation == _IMPORT:
            level, imported = previous
            found = Import(names[argument], level or 0, imported)
            if imported is None and "." in found.module:
                dotted = found
            else:
                imports[found] = None
        elif operation == _CONSTANT:
            previous = [previous[1], constants[argument]]
        elif operation == _SMALL_INT:
            previous = [previous[1], argument]
    if path:
        paths[path] = None
