"""Replies as JSON, within the bounds of what a page accepts as a whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from headwater.previews.texts import truncate
from headwater.session.problems import make_problem
from headwater.wire.bounds import LONGEST_MESSAGE, LONGEST_NAME, LONGEST_REPLY, LONGEST_TEXTS, MOST_ITEMS, MOST_MARKS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.wire.views import ExportView

FEW: Final = 100_000
"""Shorter replies have too few parts to count them."""


def encode_reply(about: Mapping[str, Any], reply: Mapping[str, Any]) -> str:
    """A reply as JSON; one that says so in its place where the reply is too large.

    Args:
        about: the request that it answers. It comes first, so that a page can drop what it did not ask for unread.
        reply: its kind, and what that kind holds.
    """
    text = json.dumps({**about, **reply}, allow_nan=False)
    if not _is_too_large(text, reply):
        return text
    return json.dumps({**about, **_smaller(reply, f"This is too large to show: {len(text):,} characters of JSON.")})


def encode_crash(about: Mapping[str, Any], message: str) -> str:
    """What a page is told when a request cannot be answered."""
    return json.dumps({**about, "kind": "crashed", "message": message[-LONGEST_MESSAGE:]})  # the end says most


def truncate_export(export: ExportView) -> ExportView:
    """An export of which nothing is left out: it is refused where it is too large."""
    if len(export["files"]) > MOST_ITEMS or any(len(path) > LONGEST_NAME for path in export["files"]):
        return _refused(f"An export has at most {MOST_ITEMS:,} files, with paths of at most {LONGEST_NAME:,} characters.")
    notes = [truncate(note, LONGEST_MESSAGE) for note in export["notes"]]
    if len(notes) > MOST_ITEMS:
        notes = [*notes[: MOST_ITEMS - 1], f"{len(notes) - MOST_ITEMS + 1:,} more notes are not shown."]
    refusal = export["refusal"] and truncate(export["refusal"], LONGEST_MESSAGE)
    return {"name": truncate(export["name"], LONGEST_NAME), "files": export["files"], "notes": notes, "refusal": refusal}


def _is_too_large(text: str, reply: Mapping[str, Any]) -> bool:
    if len(text) <= FEW:
        return False
    kind = reply["kind"]
    if len(text) > LONGEST_REPLY[kind] or text.count('"') + text.count("[") + text.count("{") > MOST_MARKS:
        return True
    return kind != "export" and len(text) > LONGEST_TEXTS and len(text) - _images(reply) > LONGEST_TEXTS


def _images(reply: Mapping[str, Any]) -> int:
    """Characters of images."""
    shown = list(reply["result"]["outputs"].values()) if reply["kind"] == "result" else [reply.get("preview")]
    return sum(len(preview["data"]) for preview in shown if preview and preview["kind"] == "image")


def _smaller(reply: Mapping[str, Any], message: str) -> dict[str, Any]:
    """What stands in for a reply that is too large."""
    problems = [make_problem("TooLarge", message)]
    # It has no version: the next graph is told as a whole.
    graph: dict[str, Any] = {"nodes": [], "edges": [], "problems": problems}
    match reply["kind"]:
        case "graph":
            return {"kind": "graph", "graph": graph}
        case "result":
            nothing = {"ok": False, "nodes": {}, "outputs": {}, "graph": graph, "problems": problems}
            counts = {key: reply["result"][key] for key in ("seconds", "ran", "reused", "total")}
            return {"kind": "result", "result": {**counts, **nothing}}
        case "preview":
            preview = {"kind": "text", "type": "", "text": message, "truncated": True}
            return {"kind": "preview", "node": reply["node"], "preview": preview}
        case "comparison":
            return {"kind": "comparison", "comparison": {"nodes": {}}}
        case "export":
            return {"kind": "export", "export": _refused(message)}
        case kind:
            return {"kind": "crashed", "message": f"A reply was too large: {kind}."}


def _refused(message: str) -> ExportView:
    return {"name": "", "files": {}, "notes": [], "refusal": message}
