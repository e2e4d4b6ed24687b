"""Errors and warnings about caches."""

from __future__ import annotations

from headwater.errors.base import HeadwaterError, HeadwaterWarning


class CacheError(HeadwaterError):
    """A cache cannot be used as requested."""


class CacheWarning(HeadwaterWarning):
    """A value cannot be cached, or a cache's files cannot be used. The result of the run is not affected."""
