"""Finding nodes by their tags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from headwater.errors import RequestError
from headwater.graph.node import TagValue

TagFilter = Mapping[str, str | Sequence[str] | None]


def matches(tags: Mapping[str, TagValue], tag_filter: TagFilter) -> bool:
    """True if the tags satisfy every key of a filter.

    For a text the tag must have that value, for a list one of its values, and for None it only has to be there.

    Raises:
        RequestError: for a filter of another form.

    >>> matches({"stage": ("raw", "daily")}, {"stage": "raw"})
    True
    """
    return all(_matches_one(tags, key, wanted) for key, wanted in tag_filter.items())


def _matches_one(tags: Mapping[str, TagValue], key: str, wanted: str | Sequence[str] | None) -> bool:
    if wanted is None:
        return key in tags
    accepted = _texts(wanted)
    if accepted is None:
        raise RequestError(f"The filter for tag `{key}` must be a string, a list of strings or None, not {wanted!r}.")
    return key in tags and not accepted.isdisjoint(_texts(tags[key]) or ())


def _texts(value: object) -> frozenset[str] | None:
    if isinstance(value, str):
        return frozenset([value])
    if isinstance(value, list | tuple | set | frozenset) and all(isinstance(text, str) for text in value):
        return frozenset(value)
    return None
