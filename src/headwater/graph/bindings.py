"""Bindings of parameters to a value, a node, a config value, or a group of these."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Value(NamedTuple):
    """A binding of a parameter to a value.

    The repr of a binding is the code that creates it, because messages include the repr.
    """

    value: Any
    is_written: bool = False
    """True if the value is written in the decorator. False if the value may come from the config."""
    key: str | None = None
    """The config key of the value. None if the value does not come from the config."""

    def __repr__(self) -> str:
        return f"value({self.value!r})"


class Source(NamedTuple):
    """A binding of a parameter to a node or an input."""

    name: str

    def __repr__(self) -> str:
        return f"source({self.name!r})"


class Configuration(NamedTuple):
    """A binding of a parameter to a config value."""

    key: str

    def __repr__(self) -> str:
        return f"configuration({self.key!r})"


class Group(NamedTuple):
    """A binding of a parameter to several values: a list if `names` is None, otherwise a dictionary with these keys."""

    members: tuple[Value | Source | Configuration, ...]
    names: tuple[str, ...] | None

    def __repr__(self) -> str:
        members = map(repr, self.members)
        texts = members if self.names is None else [f"{name}={text}" for name, text in zip(self.names, members, strict=False)]
        return f"group({', '.join(texts)})"

    @property
    def fault(self) -> str | None:
        """The problem with the group, or None. The decorator that uses the group appends this text to its error message."""
        if not self.members or (self.names is not None and len(self.names) != len(self.members)):
            return "but a `group` takes sources by position for a list or by keyword for a dictionary: `group(source('a'))`."
        for member in self.members:
            if not isinstance(member, Value | Source | Configuration):
                return f"but a `group` takes `source('name')` and `value(...)`, not {member!r}."
        return None


Bound = Value | Source | Configuration | Group
Binding = Mapping[str, Bound]
