"""`tag`: notes on nodes, to find them by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from headwater.modifiers.protocol import Decorator, F, Phase, attach, misuse
from headwater.node import Node, TagValue


def tag(**tags: str | Sequence[str]) -> Decorator:
    """Adds tags to the node of a function: `@tag(owner="growth", stage=["raw", "daily"])`.

    A value is a text or a list of texts. `Driver.list_available_variables(tag_filter=...)` finds nodes by them. Where the
    function makes several nodes, those are tagged that no other node of the function reads.

    Raises:
        DecoratorError: where a value is of another type.

    >>> from headwater import Builder
    >>> @tag(owner="growth")
    ... def signups() -> int:
    ...     return 3
    >>> driver = Builder().with_functions(signups).build()
    >>> [node.name for node in driver.list_available_variables(tag_filter={"owner": "growth"})]
    ['signups']
    """

    def decorate(function: F) -> F:
        for key, value in tags.items():
            texts = [value] if isinstance(value, str) else value
            if not isinstance(texts, list | tuple) or not texts or not all(isinstance(text, str) for text in texts):
                raise misuse("tag", function, f"`{key}` has to be a text or a list of texts, and is {value!r}.")
        frozen = {key: value if isinstance(value, str) else tuple(value) for key, value in tags.items()}
        return attach(AddTags(frozen), function)

    return decorate


@dataclass(frozen=True, slots=True)
class AddTags:
    """The modifier behind `tag`."""

    tags: Mapping[str, TagValue]
    name = "tag"
    phase = Phase.ANNOTATE

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """The nodes, those at the end of the function tagged."""
        read = {dependency.source for node in nodes for dependency in node.dependencies}
        return [node if node.name in read else node.tagged(self.tags) for node in nodes]
