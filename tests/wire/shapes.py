"""Shapes that are stated as those of `src/headwater/wire/` are."""

from typing import Annotated, Literal, NotRequired, TypedDict

from headwater.wire.bounds import Longest, Most


class Small(TypedDict):
    """A shape."""

    kind: Literal["small"]
    name: Annotated[str, Longest(3)]
    """What it is called."""
    few: NotRequired[Annotated[list[int], Most(2)]]
    other: float | None


class Open(TypedDict):
    """A shape that a page could not accept."""

    text: str
