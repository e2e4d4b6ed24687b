"""What `fill_with` does to the frame or dictionary that parts are taken from: it adds the missing ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, cast

from headwater.libraries import FrameLibrary, UsesLibrary
from headwater.node import Node


def filled(nodes: Sequence[Node], whole: Node, fill: Callable[[Any], Any]) -> Sequence[Node]:
    """Complete the value of one of the nodes, before checks of that value look at it."""
    from headwater.modifiers.checked import Checked  # imports every kind of check, which most dataflows do without

    name = whole.dependencies[0].source if isinstance(whole.call, Checked) else whole.name
    return [
        node.replaced(call=Completed(node.call, fill)) if node.name == name and node.call is not None else node
        for node in nodes
    ]


class Completed:
    """A call whose value is completed before anything reads it."""

    __slots__ = ("_complete", "call")

    def __init__(self, call: Callable[..., Any], complete: Callable[[Any], Any]) -> None:
        self.call = call
        self._complete = complete

    def __call__(self, *values: Any) -> Any:
        """The completed value."""
        return self._complete(self.call(*values))


class FillColumns(UsesLibrary):
    """Adds columns that a frame lacks, with the same value in every row."""

    __slots__ = ("_names", "_value")

    def __init__(self, library: FrameLibrary, names: tuple[str, ...], value: Any) -> None:
        self._library = library
        self._names = names
        self._value = value

    def __call__(self, whole: Any) -> Any:
        """The frame, or a new one with what it lacks."""
        if not self._library.is_frame(type(whole)):
            return whole
        present = self._library.column_names(whole)
        lacking = [name for name in self._names if name not in present]
        return self._library.filled(whole, lacking, self._value) if lacking else whole


@dataclass(frozen=True, slots=True)
class FillFields:
    """Adds entries that a dictionary lacks, all with the same value."""

    names: tuple[str, ...]
    value: Any

    def __call__(self, whole: Any) -> Any:
        """The dictionary, or a new one with what it lacks."""
        if not isinstance(whole, Mapping):
            return whole
        present = cast("Mapping[str, Any]", whole)
        lacking = {name: self.value for name in self.names if name not in present}
        if not lacking:
            return present
        if not isinstance(present, MutableMapping):
            return {**present, **lacking}
        completed = copy(present)  # of its own class; the function may still hold the original
        completed.update(lacking)
        return completed
