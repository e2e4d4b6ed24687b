"""`NodeSelection`: the nodes to which a hook applies, by name and tags."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.errors import short_repr
from headwater.graph.tags import TagFilter, matches
from headwater.introspection.names import normalized

if TYPE_CHECKING:
    from headwater.graph.node import Node


@dataclass(frozen=True, slots=True)
class NodeSelection:
    """The nodes that match a name and tags. Without arguments, all nodes.

    Args:
        name: a name or a pattern: `*` matches any characters, `?` a single character, and `[ab]` an "a" or a "b".
        tag: a filter, as in `Driver.list_available_variables(tag_filter=...)`.

    Raises:
        TypeError: the name is not a string, or the tags are not a dictionary.
        RequestError: a value in `tag` is invalid.
    """

    name: str | None = None
    tag: TagFilter | None = None

    def __post_init__(self) -> None:
        """Check the arguments now. Otherwise, an invalid argument would be reported only during a run."""
        if self.name is not None and not isinstance(self.name, str):
            raise TypeError(f"`name` must be a name or a pattern, not {short_repr(self.name)}.")
        if self.tag is None:
            return
        if not isinstance(self.tag, Mapping) or not self.tag:
            raise TypeError(f'`tag` must be a dictionary, as in `tag={{"stage": "raw"}}`, not {short_repr(self.tag)}.')
        for key, value in self.tag.items():
            matches({}, {key: value})

    def matches(self, node: Node) -> bool:
        """Return True if the selection includes a node."""
        if self.name is not None and not fnmatch.fnmatchcase(node.name, normalized(self.name)):
            return False
        return self.tag is None or matches(node.tags, self.tag)
