"""What a parameter is bound to: a value, a node, several of them, or what the config has under a key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Value(NamedTuple):
    """A parameter fixed to a value."""

    value: Any
    is_written: bool = False
    """True if the value is written in the decorator itself, False if it may come from the config."""
    key: str | None = None
    """The config key that the value is of; None for any other value."""


class Source(NamedTuple):
    """A parameter fed by a node or an input of another name."""

    name: str


class Configuration(NamedTuple):
    """A parameter fixed to what the config has under a key."""

    key: str


class Group(NamedTuple):
    """A parameter fed by several: as a list where `names` is None, else as a dictionary with these keys."""

    members: tuple[Value | Source | Configuration, ...]
    names: tuple[str, ...] | None

    @property
    def fault(self) -> str | None:
        """What is wrong with how it was written; the decorator that it is written in says so of its function."""
        if not self.members or (self.names is not None and len(self.names) != len(self.members)):
            return "but a `group` takes sources by position for a list or by keyword for a dictionary: `group(source('a'))`."
        for member in self.members:
            if not isinstance(member, Value | Source | Configuration):
                return f"but a `group` takes `source('name')` and `value(...)`, not {member!r}."
        return None


Bound = Value | Source | Configuration | Group
Binding = Mapping[str, Bound]
