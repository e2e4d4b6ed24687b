"""Errors and warnings about caches."""

from __future__ import annotations

from headwater.errors.base import HeadwaterError, HeadwaterWarning


class CacheError(HeadwaterError):
    """A cache that cannot be used as requested."""


class CacheWarning(HeadwaterWarning):
    """A value that cannot be cached, or cache files that cannot be used. The result of the run is not affected."""
