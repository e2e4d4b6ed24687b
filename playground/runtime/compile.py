"""Compile Python sources to an archive of bytecode that is imported without its sources.

This module runs inside the pinned Pyodide, whose Python reads the bytecode. Archives are not compressed internally. The site
serves each archive compressed as a whole, and reading it at every start must not need decompression.
"""

from __future__ import annotations

import ast
import importlib.util
import io
import marshal
import struct
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from itertools import chain

#: PEP 552: flag 1 without flag 2 marks a hash-based file whose source is never checked.
UNCHECKED_HASH = 0b01
#: A fixed time for all members, so that the same contents produce the same archive.
EPOCH = (1980, 1, 1, 0, 0, 0)


def byte_code(source: bytes, filename: str) -> bytes:
    """Return the `.pyc` file of a module. Docstrings and assertions are kept: importing numpy reads its docstrings."""
    code = compile(source, filename, "exec", dont_inherit=True, optimize=0)
    header = importlib.util.MAGIC_NUMBER + struct.pack("<I", UNCHECKED_HASH) + importlib.util.source_hash(source)
    return header + marshal.dumps(code)


def compile_members(members: Iterable[tuple[str, bytes]], root: str) -> bytes:
    """Return an archive of `members`, with modules as bytecode. Tracebacks show `root` as their folder."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members:
            if name.endswith(".py"):
                archive.writestr(zipfile.ZipInfo(f"{name}c", EPOCH), byte_code(content, f"{root}/{name}"))
            else:
                archive.writestr(zipfile.ZipInfo(name, EPOCH), content)
    return buffer.getvalue()


def members_of(archive: bytes, only: Iterable[str], drop: Iterable[str], keep: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the files whose names match a pattern in `only`, except those that match `drop` but not `keep`."""
    included, excluded, needed = tuple(only), tuple(drop), tuple(keep)
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        for member in opened.infolist():
            name = member.filename
            if member.is_dir() or (_matches(name, excluded) and not _matches(name, needed)):
                continue
            if _matches(name, included):
                yield name, opened.read(member)


def compile_archive(
    archive: bytes,
    root: str,
    *,
    only: Iterable[str],
    drop: Iterable[str],
    keep: Iterable[str],
    add: Mapping[str, str],
) -> bytes:
    """Compile the members of an archive, such as a wheel, and the added members."""
    added = ((name, text.encode()) for name, text in add.items())
    return compile_members(chain(members_of(archive, only, drop, keep), added), root)


def constant(archive: bytes, module: str, name: str) -> str:
    """Return the string that a module in an archive assigns to a name."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        tree = ast.parse(opened.read(module))
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=target)], value=ast.Constant(value=str(value))) if target == name:
                return value
            case _:
                pass
    raise LookupError(f"{module} does not assign a string to {name}.")


def late_statements(archive: bytes, flag: str, more: Mapping[str, str], extensions: Iterable[str]) -> str:
    """Return the source of a module with the statements that each module in an archive skips while a flag is false.

    These are the `if <flag>:` statements at the top level, and the `try:` statement that sets the flag. They can be executed
    in their modules once the library whose presence the flag indicates is installed.

    Args:
        archive: a wheel.
        flag: the name of a variable.
        more: statements for other modules.
        extensions: modules that must be imported again.
    """
    late = dict(more)
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        for path in opened.namelist():
            source = opened.read(path).decode() if path.endswith(".py") and "/tests/" not in path else ""
            if flag in source and (found := [*_late_statements(ast.parse(source), flag)]):
                late[path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")] = "\n".join(found)
    return f"STATEMENTS = {late!r}\nEXTENSIONS = {[*extensions]!r}\n"


def _late_statements(tree: ast.Module, flag: str) -> Iterator[str]:
    for statement in tree.body:
        match statement:
            case ast.If(test=ast.Name(id=name)) if name == flag:
                yield ast.unparse(statement)
            case ast.Try() if any(_sets(child, flag) for child in statement.body):
                yield ast.unparse(statement)
            case _:
                pass


def _sets(statement: ast.stmt, name: str) -> bool:
    return isinstance(statement, ast.Assign) and any(
        isinstance(target, ast.Name) and target.id == name for target in statement.targets
    )


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)
