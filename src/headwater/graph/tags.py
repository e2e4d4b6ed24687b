"""Filters that match nodes by their tags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from headwater.errors import RequestError
from headwater.graph.node import TagValue

TagFilter = Mapping[str, str | Sequence[str] | None]


def matches(tags: Mapping[str, TagValue], tag_filter: TagFilter) -> bool:
    """Return True if the tags match every key of a filter.

    For each key, the filter has a value, a list of values, or None to match any value.

    Raises:
        RequestError: the filter has an invalid form.

    >>> matches({"stage": ("raw", "daily")}, {"stage": "raw"})
    True
    """
    return all(_matches_one(tags, key, expected) for key, expected in tag_filter.items())


def _matches_one(tags: Mapping[str, TagValue], key: str, expected: str | Sequence[str] | None) -> bool:
    if expected is None:
        return key in tags
    accepted = _texts(expected)
    if accepted is None:
        raise RequestError(f"The filter for tag `{key}` must be a string, a list of strings or None, not {expected!r}.")
    return key in tags and not accepted.isdisjoint(_texts(tags[key]) or ())


def _texts(value: object) -> frozenset[str] | None:
    if isinstance(value, str):
        return frozenset([value])
    if isinstance(value, list | tuple | set | frozenset) and all(isinstance(text, str) for text in value):
        return frozenset(value)
    return None
