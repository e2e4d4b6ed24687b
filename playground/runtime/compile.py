"""Turns Python sources into an archive of byte code that starts without looking at its sources.

Runs inside the pinned Pyodide, whose Python is the one that will read the byte code. Archives are written without
compression: the pack is compressed as a whole for the wire, and what is read at every start should cost no inflating.
"""

from __future__ import annotations

import importlib.util
import io
import marshal
import struct
import zipfile
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

#: PEP 552: flag 1 without flag 2 is a hash-based file whose source is never consulted.
UNCHECKED_HASH = 0b01
#: Archives carry times; one fixed time makes equal contents equal bytes.
EPOCH = (1980, 1, 1, 0, 0, 0)


def byte_code(source: bytes, filename: str) -> bytes:
    """The `.pyc` file of one module. Docstrings and assertions stay: numpy reads its own docstrings while importing."""
    code = compile(source, filename, "exec", dont_inherit=True, optimize=0)
    header = importlib.util.MAGIC_NUMBER + struct.pack("<I", UNCHECKED_HASH) + importlib.util.source_hash(source)
    return header + marshal.dumps(code)


def compile_members(members: Iterable[tuple[str, bytes]], root: str) -> bytes:
    """An archive of `members`, modules as byte code. `root` is where they will be found at run time: tracebacks show it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members:
            if name.endswith(".py"):
                archive.writestr(zipfile.ZipInfo(f"{name}c", EPOCH), byte_code(content, f"{root}/{name}"))
            else:
                archive.writestr(zipfile.ZipInfo(name, EPOCH), content)
    return buffer.getvalue()


def members_of(archive: bytes, only: Iterable[str], drop: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The files of an archive whose names match a pattern of `only` and none of `drop`."""
    included, excluded = tuple(only), tuple(drop)
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        for member in opened.infolist():
            name = member.filename
            if member.is_dir() or any(fnmatchcase(name, pattern) for pattern in excluded):
                continue
            if any(fnmatchcase(name, pattern) for pattern in included):
                yield name, opened.read(member)


def compile_archive(archive: bytes, root: str, only: Iterable[str], drop: Iterable[str]) -> bytes:
    """`compile_members` of what an archive holds, a wheel say."""
    return compile_members(members_of(archive, only, drop), root)
