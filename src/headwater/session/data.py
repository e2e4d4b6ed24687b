"""The code that may read the data files in a session.

If a data file changes, all code that may have read it reruns. Code is assumed to read files if it, or code that it uses, names
a data file, looks up its own path, or calls anything with a name like `open` or `read_csv`. A function that receives a path as
an argument and passes it to a function with any other name is not recognized. It reruns anyway, because the node that computes
the path reruns.
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
    """The names of all data files that a session has or had."""

    suffixes: tuple[str, ...]

    @classmethod
    def named(cls, names: Iterable[str]) -> DataFileNames:
        """Create an instance from file names.

        Only the suffixes are stored, because code may contain just the suffix of a name and build the whole name from it.
        """
        return cls(tuple({PurePath(name).suffix or name for name in names}))

    def may_be_read_by(self, statement: Statement) -> bool:
        """Return whether a statement itself may read one of the files."""
        if not self.suffixes:
            return False
        return any(self._may_read(part) for part in ast.walk(statement.node))

    def _may_read(self, part: ast.AST) -> bool:
        match part:
            case ast.Constant(value=str(text)):
                return any(suffix in text for suffix in self.suffixes)
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                return name in REFLECTIVE or _READING.fullmatch(name.rpartition(".")[2]) is not None
            case _:
                return False
