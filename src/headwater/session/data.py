"""Which code may read the data files of a session.

A changed data file has to run again whatever may have read it, and nothing tells for certain what did. So code counts as
reading when it, or something that it uses, names a data file, asks where it stands itself, or calls anything with a name
like `open` or `read_csv`. A function that gets a path as a parameter and hands it to a call of another name does not
count; it runs again because the node that made the path does.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from headwater.sources.links import REFLECTIVE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.sources.statements import Statement

_READING = re.compile(
    r"__file__|__loader__|__spec__|__path__|open|\w*_open|open_\w+|(im)?(read|load|scan|parse)\w*|\w*(from|_)(txt|csv|file)"
    r"|Path|PosixPath|cwd|getcwd|glob|iglob|rglob|iterdir|listdir|scandir|walk|exists|is_file|stat|getsize|getmtime"
    r"|connect|resource\w*|get_data|files|subprocess|system|popen|run_path|run_module",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DataFileNames:
    """The data files that there are, and were before."""

    marks: tuple[str, ...]

    @classmethod
    def named(cls, names: Iterable[str]) -> DataFileNames:
        """Data files of some names. A text that holds the ending of one may be put together to its name."""
        return cls(tuple({PurePath(name).suffix or name for name in names}))

    def may_be_read_by(self, statement: Statement) -> bool:
        """Whether a statement, by itself, may read one of them."""
        if not self.marks:
            return False
        return any(self._may_read(part) for part in ast.walk(statement.node))

    def _may_read(self, part: ast.AST) -> bool:
        match part:
            case ast.Constant(value=str(text)):
                return any(mark in text for mark in self.marks)
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                return name in REFLECTIVE or _READING.fullmatch(name.rpartition(".")[2]) is not None
            case _:
                return False
