"""Trace files in Chrome's JSON format, which Perfetto also reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from headwater.io.atomic import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike

Span = tuple[str, str, float, float, "Mapping[str, Any]"]
"""A span: the worker's name, the span's name, its start and duration in seconds, and details."""


def write_trace(path: str | PathLike[str], spans: Iterable[Span]) -> None:
    """Write spans to a file. Each worker gets a row, or several if its spans overlap.

    Raises:
        OSError: the file cannot be written.
    """
    rows: dict[str, int] = {}
    events: list[dict[str, Any]] = []
    for worker, name, start, seconds, details in _without_overlaps(spans):
        row = rows.setdefault(worker, len(rows) + 1)
        place = {"pid": 1, "tid": row, "ts": round(start * 1e6, 3), "dur": round(seconds * 1e6, 3)}
        events.append({"name": name, "cat": "node", "ph": "X", **place, "args": dict(details)})
    names = [{"name": "thread_name", "ph": "M", "pid": 1, "tid": row, "args": {"name": worker}} for worker, row in rows.items()]
    text = json.dumps({"displayTimeUnit": "ms", "traceEvents": [*names, *events]}, indent=1)
    with replacing(path) as temporary:
        Path(temporary).write_text(text, encoding="utf-8")


def _without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """Put overlapping spans into different rows. In an event loop, calls in the same thread can overlap."""
    separated: list[Span] = []
    ends: dict[str, list[float]] = {}
    for worker, name, start, seconds, details in sorted(spans, key=lambda span: span[2]):
        of_worker = ends.setdefault(worker, [])
        row = next((row for row, end in enumerate(of_worker) if end <= start), len(of_worker))
        of_worker[row:] = [start + seconds, *of_worker[row + 1 :]]
        separated.append((f"{worker}, row {row + 1}" if row else worker, name, start, seconds, details))
    return separated
