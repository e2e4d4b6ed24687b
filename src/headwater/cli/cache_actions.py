"""The actions of `headwater cache`. Each function returns the text to print."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Final

from headwater.caching.cache_files import open_files
from headwater.caching.log import key_changes
from headwater.caching.prune import delete_unlisted, prune
from headwater.caching.trace_database import FILE_NAME, TraceDatabase
from headwater.errors import CacheError
from headwater.errors.quantities import counted

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from headwater.caching.trace_database import StoredRow, TraceRow

_SECONDS_PER_DAY: Final = 86_400


def _open(folder: Path) -> TraceDatabase:
    if not (folder / FILE_NAME).is_file():
        raise CacheError(f"`{folder}` is not a cache: it has no file `{FILE_NAME}`.")
    return TraceDatabase(folder)


def list_nodes(options: argparse.Namespace) -> str:
    """Return a table of the cached nodes, with the latest version of each."""
    database = _open(options.path)
    files = {row.version: row for row in database.files()}
    by_node: dict[str, list[TraceRow]] = defaultdict(list)
    for trace in database.traces():
        by_node[trace.node].append(trace)
    rows: list[tuple[str, ...]] = [("node", "version", "format", "size", "computed", "last used", "versions")]
    rows += [_row(node, traces, files) for node, traces in sorted(by_node.items())]
    total = sum(row.size for row in files.values())
    return f"{_table(rows)}\n{counted(len(by_node), 'node')}, {counted(len(files), 'value')}, {_size_text(total)}"


def _row(node: str, traces: list[TraceRow], files: dict[str, StoredRow]) -> tuple[str, ...]:
    latest = traces[0]
    file = files.get(latest.version)
    stored = ("not stored", "", "") if file is None else (_format(file), _size_text(file.size), _time(file.used))
    number = len({trace.version for trace in traces})
    return node, latest.version[:12], stored[0], stored[1], _time(latest.created), stored[2], str(number)


def explain_node(options: argparse.Namespace) -> str:
    """List the versions of a node's value, latest first, and the changes between them."""
    database = _open(options.path)
    traces = database.traces(options.node)
    if not traces:
        known = sorted({trace.node for trace in database.traces()})
        others = f"It has values for: {', '.join(known)}." if known else "The cache is empty."
        raise CacheError(f"The cache has no value for `{options.node}`. {others}")
    lines: list[str] = []
    for trace, before in zip(traces, [*traces[1:], None], strict=True):
        file = database.stored(trace.version)
        stored = "not stored" if file is None else f"{_format(file)}, {_size_text(file.size)}"
        lines.append(f"{_time(trace.created)}  version {trace.version}  code {trace.code[:12]}  {stored}")
        if before is None:
            lines += [f"  {part}" for part in json.loads(trace.parts) if part != "operation"]
        else:
            changes = key_changes(json.loads(before.parts), json.loads(trace.parts))
            lines += [f"  {change}" for change in changes] or ["  nothing changed, but the value was computed again"]
    return "\n".join(lines)


def prune_values(options: argparse.Namespace) -> str:
    """Delete values, least recently used first, and return a summary."""
    database = _open(options.path)
    files = open_files(options.path / "values", options.values)
    before = database.size()
    limit = 0 if options.all else before if options.max_size is None else options.max_size
    oldest = None if options.older_than is None else time.time_ns() - int(options.older_than * _SECONDS_PER_DAY * 1e9)
    deleted = prune(database, files, limit, used_before=oldest)
    database.forget_traces_without_files()
    unlisted = delete_unlisted(database, files)
    left = database.size()
    database.close()
    summary = f"Deleted {counted(deleted, 'value')} and {counted(unlisted, 'unused file')}."
    return f"{summary} {_size_text(left)} of {_size_text(before)} remain."


def _table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)


def _format(file: StoredRow) -> str:
    return file.format.rpartition(":")[2]


def _time(nanoseconds: int) -> str:
    return datetime.fromtimestamp(nanoseconds / 1e9).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def _size_text(size: float) -> str:
    for unit in ("B", "kB", "MB"):
        if size < 1000:
            return f"{size:.3g} {unit}"
        size /= 1000
    return f"{size:.3g} GB"
