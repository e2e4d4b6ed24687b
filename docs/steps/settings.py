"""Settings in a TOML file, with messages that say what is wrong, where, and what to do."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

Value = TypeVar("Value")


class StepError(Exception):
    """An invalid lesson or step. The message names the file and the remedy."""


@dataclass(frozen=True, slots=True)
class Settings:
    """A table in a TOML file."""

    path: Path
    table: Mapping[str, Any]
    name: str = ""
    """The name of the table in messages. Empty for the whole file."""

    @classmethod
    def read(cls, path: Path) -> Settings:
        """Read a file.

        Raises:
            StepError: the file is missing or is not valid TOML.
        """
        if not path.is_file():
            raise StepError(f"{path} is missing. Add it; docs/guides/writing-lessons.md describes its settings.")
        try:
            return cls(path, tomllib.loads(path.read_text(encoding="utf-8")))
        except tomllib.TOMLDecodeError as error:
            raise StepError(f"{path} is not valid TOML: {error}.") from None

    def allow(self, keys: Collection[str]) -> None:
        """Check that the table has no keys except these.

        Raises:
            StepError: the table has another key.
        """
        for key in self.table:
            if key not in keys:
                similar = difflib.get_close_matches(key, keys, n=1)
                remedy = f"Did you mean `{similar[0]}`?" if similar else f"The settings are: {_listed(sorted(keys))}."
                raise self.error(f"has the unknown setting `{key}`. {remedy}")

    def text(self, key: str, default: str | None = None) -> str:
        """Return a string that is not empty."""
        if default is not None and key not in self.table:
            return default
        text = self._typed(key, str, 'a string, such as `{} = "..."`')
        if not text.strip():
            raise self.error(f"has an empty `{key}`. Write some text.")
        return text.strip()

    def sentence(self, key: str) -> str:
        """Return a string that is one sentence."""
        text = self.text(key)
        if text[-1] not in ".!?" or ". " in text.rstrip("."):
            raise self.error(f"needs one sentence for `{key}`, ending with a period.")
        return text

    def number(self, key: str, default: int | None = None) -> int:
        """Return a positive whole number."""
        if default is not None and key not in self.table:
            return default
        number = self._typed(key, int, "a whole number, such as `{} = 10`")
        if isinstance(number, bool) or number < 1:
            raise self.error(f"needs a positive whole number for `{key}`.")
        return number

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return a list of strings."""
        if default is not None and key not in self.table:
            return default
        kind = 'a list of strings, such as `{} = ["a", "b"]`'
        listed = self._typed(key, list, kind)
        if not all(isinstance(text, str) for text in listed):
            raise self.error(f"needs {kind.format(key)}.")
        return tuple(listed)

    def flag(self, key: str) -> bool:
        """Return true or false. The default is false."""
        return self._typed(key, bool, "`true` or `false` for `{}`") if key in self.table else False

    def section(self, key: str) -> Settings:
        """Return a table inside this table. If the table is missing, return an empty table."""
        table = self._typed(key, dict, "a table, such as `[{}]`") if key in self.table else {}
        return Settings(self.path, table, self._inside(f"[{key}]"))

    def sections(self, key: str) -> list[Settings]:
        """Return a list of tables inside this table. The list must not be empty."""
        tables = self._typed(key, list, "tables, such as `[[{}]]`")
        if not tables or not all(isinstance(table, dict) for table in tables):
            raise self.error(f"needs tables for `{key}`, such as `[[{key}]]`.")
        return [Settings(self.path, table, self._inside(f"[[{key}]] {at}")) for at, table in enumerate(tables, 1)]

    def error(self, message: str) -> StepError:
        """Return an error about this table."""
        return StepError(f"{self.path}{self.name and f', {self.name},'} {message}")

    def _typed(self, key: str, kind: type[Value], description: str) -> Value:
        if key not in self.table:
            raise self.error(f"has no `{key}`. Add {description.format(key)}.")
        value = self.table[key]
        if not isinstance(value, kind):
            raise self.error(f"needs {description.format(key)}.")
        return value

    def _inside(self, name: str) -> str:
        return f"{self.name} {name}".strip()


def _listed(names: Collection[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
