"""`DataFiles`: files next to a test, with values that are too long for code."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any, Final

from headwater.export.safe_names import MAX_NAME_LENGTH, file_stem
from headwater.literals.code import text_code, unique_name
from headwater.literals.errors import TooLarge
from headwater.wire.bounds import MAX_FILE_LENGTH

JSON_FILE: Final = "values.json"
"""The file that stores values as JSON: one object with a member for each value."""
_FOLDER: Final = "DATA"
_VALUES: Final = "VALUES"


class DataFiles:
    """The data files for a test module.

    Pass an instance to `node_test`. Then write the files in `texts` to the folder `folder` next to the test.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._tables: dict[str, str] = {}
        self._values: dict[str, str] = {}

    @property
    def texts(self) -> dict[str, str]:
        """Return the text of each file, keyed by file name."""
        if not self._values:
            return dict(self._tables)
        lines = ",\n".join(f"  {json.dumps(name, ensure_ascii=False)}: {text}" for name, text in self._values.items())
        return {**self._tables, JSON_FILE: f"{{\n{lines}\n}}\n"}

    def add_text(self, name: str, suffix: str, text: str) -> str:
        """Add a file and return the expression for its path."""
        if len(text) > MAX_FILE_LENGTH:
            raise TooLarge(f"its file would have {len(text):,} characters, but the limit is {MAX_FILE_LENGTH:,}")
        stem = file_stem(name, {file.rpartition(".")[0] for file in [*self._tables, JSON_FILE]})
        file = f"{stem}.{suffix}"
        self._tables[file] = text
        return f"{_FOLDER} / {text_code(file)}"

    def add_json(self, name: str, text: str) -> str:
        """Add a value to the JSON file and return the expression that evaluates to it."""
        characters = len(text) + sum(map(len, self._values.values()))
        if characters > MAX_FILE_LENGTH:
            raise TooLarge(f"`{JSON_FILE}` would have {characters:,} characters, but the limit is {MAX_FILE_LENGTH:,}")
        key = unique_name(name[:MAX_NAME_LENGTH], set(self._values), suffix="_")
        self._values[key] = text
        return f"{_VALUES}[{text_code(key)}]"

    def names(self) -> Mapping[str, Any]:
        """Return the namespace in which the expressions can be evaluated."""
        return {_FOLDER: _DataFolder(self._tables), _VALUES: _ParsedJson(self._values)}

    def snapshot(self) -> object:
        """Return the current state of the files."""
        return dict(self._tables), dict(self._values)

    def restore(self, snapshot: Any) -> None:
        """Remove everything added after a snapshot."""
        tables, values = snapshot
        self._tables, self._values = dict(tables), dict(values)

    def imports(self) -> dict[str, str]:
        """Return the import statements that `head` needs, keyed by imported name."""
        path = {"Path": "from pathlib import Path"} if self._tables or self._values else {}
        return {**path, **({"json": "import json"} if self._values else {})}

    def head(self) -> list[str]:
        """Return the first lines of the test module, which define the names in the expressions."""
        if not self._tables and not self._values:
            return []
        folder = f"{_FOLDER} = Path(__file__).parent / {text_code(self.folder)}"
        values = f'{_VALUES} = json.loads(({_FOLDER} / "{JSON_FILE}").read_text(encoding="utf-8"))'
        return [folder, *([values] if self._values else [])]


class _DataFolder:
    """A stand-in for the path of the folder while generated code is verified."""

    def __init__(self, tables: Mapping[str, str]) -> None:
        self._tables = tables

    def __truediv__(self, name: str) -> io.StringIO:
        return io.StringIO(self._tables[name])


class _ParsedJson:
    """A stand-in for the parsed JSON file."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def __getitem__(self, name: str) -> Any:
        return json.loads(self._values[name])
