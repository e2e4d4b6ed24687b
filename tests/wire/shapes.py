"""Shapes declared like those in `src/headwater/wire/`."""

from typing import Annotated, Literal, NotRequired, TypedDict

from headwater.wire.bounds import MaxItems, MaxLength


class Small(TypedDict):
    """A shape."""

    kind: Literal["small"]
    name: Annotated[str, MaxLength(3)]
    """The name."""
    few: NotRequired[Annotated[list[int], MaxItems(2)]]
    other: float | None


class Open(TypedDict):
    """A shape that a page cannot accept."""

    text: str
