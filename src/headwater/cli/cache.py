"""`headwater cache`: lists, explains and prunes the values of a persistent cache."""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from headwater.caching.cache_files import open_files
from headwater.caching.log import key_changes
from headwater.caching.prune import delete_unlisted, prune
from headwater.caching.trace_database import FILE_NAME, TraceDatabase
from headwater.errors import CacheError

if TYPE_CHECKING:
    from headwater.caching.trace_database import StoredRow, TraceRow
    from headwater.cli.commands import Commands

_UNITS: Final = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}
_SECONDS_PER_DAY: Final = 86_400


def add_command(commands: Commands) -> None:
    """Add the commands to the parser."""
    cache = commands.add_parser(
        "cache",
        help="list, explain and prune the values of a cache",
        description="List, explain and prune the values of a persistent cache.",
    )
    actions = cache.add_subparsers(dest="action", required=True)
    listing = actions.add_parser(
        "list", help="list the nodes with their latest value", description="List the nodes of a cache."
    )
    listing.set_defaults(run=_printing, text=_list)
    explain = actions.add_parser(
        "explain",
        help="show the stored values of a node, and what changed between them",
        description="Show the stored values of a node, the latest first, and what changed between them.",
    )
    explain.set_defaults(run=_printing, text=_explain)
    pruning = actions.add_parser(
        "prune",
        help="delete values, the least recently used first",
        description="Delete values, the least recently used first. Without options, delete only what no trace uses.",
    )
    pruning.set_defaults(run=_printing, text=_prune)
    for action in (listing, explain, pruning):
        action.add_argument("path", type=Path, help="the folder of the cache")
    explain.add_argument("node", help="the name of the node")
    pruning.add_argument("--max-size", type=_size, metavar="SIZE", help="keep at most this size, such as 500MB or 2GB")
    pruning.add_argument("--older-than", type=float, metavar="DAYS", help="delete values that were not used for this long")
    pruning.add_argument("--all", action="store_true", help="delete all values")
    pruning.add_argument("--values", metavar="URL", help="the URL of the values, if they are not in the folder")


def _printing(options: argparse.Namespace) -> None:
    print(options.text(options))  # noqa: T201 - the output of the command


def _size(text: str) -> int:
    match = re.fullmatch(r"([\d.]+)\s*([KMGT]?B?)", text.strip().upper())
    if match is None or match[2] not in _UNITS:
        raise argparse.ArgumentTypeError(f"Expected a size such as 500MB or 2GB, not `{text}`.")
    return int(float(match[1]) * _UNITS[match[2]])


def _open(folder: Path) -> TraceDatabase:
    if not (folder / FILE_NAME).is_file():
        raise CacheError(f"`{folder}` is not a cache: it has no file `{FILE_NAME}`.")
    return TraceDatabase(folder)


def _list(options: argparse.Namespace) -> str:
    database = _open(options.path)
    files = {row.version: row for row in database.files()}
    by_node: dict[str, list[TraceRow]] = defaultdict(list)
    for trace in database.traces():
        by_node[trace.node].append(trace)
    rows: list[tuple[str, ...]] = [("node", "version", "format", "size", "computed", "last used", "versions")]
    rows += [_row(node, traces, files) for node, traces in sorted(by_node.items())]
    total = sum(row.size for row in files.values())
    return f"{_table(rows)}\n{len(by_node)} nodes, {len(files)} values, {_size_text(total)}"


def _row(node: str, traces: list[TraceRow], files: dict[str, StoredRow]) -> tuple[str, ...]:
    latest = traces[0]
    file = files.get(latest.version)
    stored = ("not stored", "", "") if file is None else (_format(file), _size_text(file.size), _time(file.used))
    number = len({trace.version for trace in traces})
    return node, latest.version[:12], stored[0], stored[1], _time(latest.created), stored[2], str(number)


def _explain(options: argparse.Namespace) -> str:
    database = _open(options.path)
    traces = database.traces(options.node)
    if not traces:
        known = sorted({trace.node for trace in database.traces()})
        raise CacheError(f"The cache has no value of `{options.node}`. It has values of: {', '.join(known) or 'no node'}.")
    lines: list[str] = []
    for trace, before in zip(traces, [*traces[1:], None], strict=True):
        file = database.stored(trace.version)
        stored = "not stored" if file is None else f"{_format(file)}, {_size_text(file.size)}"
        lines.append(f"{_time(trace.created)}  version {trace.version}  code {trace.code[:12]}  {stored}")
        if before is None:
            lines += [f"  {part}" for part in json.loads(trace.parts) if part != "operation"]
        else:
            changes = key_changes(json.loads(before.parts), json.loads(trace.parts))
            lines += [f"  {change}" for change in changes] or ["  nothing changed: the value was computed again"]
    return "\n".join(lines)


def _prune(options: argparse.Namespace) -> str:
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
    return f"Deleted {deleted} values and {unlisted} unused files. {_size_text(left)} of {_size_text(before)} are left."


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
