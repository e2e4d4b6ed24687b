"""Deletion of the least recently used values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from headwater.caching.cache_files import CacheFiles
    from headwater.caching.trace_database import TraceDatabase

_BATCH: Final = 500


def prune(database: TraceDatabase, files: CacheFiles, max_bytes: int, *, used_before: int | None = None) -> int:
    """Delete values, least recently used first. Return how many values were deleted.

    The database is updated before a file is deleted. If another process has already looked up the value, that process
    computes the value again.

    Args:
        database: the database that lists the files.
        files: the files of the stored values.
        max_bytes: the size limit in bytes.
        used_before: also delete all values that were last used before this time, in nanoseconds since 1970.
    """
    database.flush()
    rows = database.files()
    size = sum(row.size for row in rows)
    deleted: list[tuple[str, str]] = []
    for row in rows:
        if size <= max_bytes and (used_before is None or row.used >= used_before):
            break
        size -= row.size
        suffix = row.format.rpartition(":")[2]
        deleted.append((row.version, f"{row.version[:2]}/{row.version}.{suffix}"))
    for start in range(0, len(deleted), _BATCH):
        batch = deleted[start : start + _BATCH]
        database.forget_files(version for version, _ in batch)
        for _, name in batch:
            files.delete(name)
    return len(deleted)


def delete_unlisted(database: TraceDatabase, files: CacheFiles) -> int:
    """Delete files that killed processes left behind: those that the database does not list. Return how many were deleted."""
    listed = {row.version for row in database.files()}
    unlisted = [
        info.name for info in files.files() if _version(info.name) not in listed and not info.name.startswith("traces/")
    ]
    for name in unlisted:
        files.delete(name)
    files.clean()
    return len(unlisted)


def _version(name: str) -> str:
    return name.rpartition("/")[2].partition(".")[0]
