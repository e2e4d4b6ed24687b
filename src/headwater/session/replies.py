"""Encodes replies as JSON, within the limits that a page accepts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from headwater.previews.texts import truncate
from headwater.session.problems import make_problem
from headwater.wire.bounds import (
    MAX_ITEMS,
    MAX_MARKS,
    MAX_MESSAGE_LENGTH,
    MAX_NAME_LENGTH,
    MAX_REPLY_LENGTH,
    MAX_REPLY_TEXT_LENGTH,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.wire.views import ExportView

MAX_UNCHECKED_LENGTH: Final = 100_000
"""The maximum length of a reply that is not checked in detail."""


def encode_reply(about: Mapping[str, Any], reply: Mapping[str, Any]) -> str:
    """Return a reply as JSON. A reply that is too large is replaced by an error message.

    Args:
        about: identifies the request. It comes first in the JSON, so a page can drop an outdated reply without parsing it.
        reply: the kind of the reply and its content.
    """
    text = json.dumps({**about, **reply}, allow_nan=False)
    if not _is_too_large(text, reply):
        return text
    return json.dumps({**about, **_replacement(reply, f"The data is too large to show ({len(text):,} characters of JSON).")})


def encode_crash(about: Mapping[str, Any], message: str) -> str:
    """Return the reply to a request that failed."""
    return json.dumps(
        {**about, "kind": "crashed", "message": message[-MAX_MESSAGE_LENGTH:]}
    )  # keep the end of the message, which is the most informative part


def truncate_export(export: ExportView) -> ExportView:
    """Return an export, shortened to fit the limits.

    If the export has too many files, return a refusal instead, because no file can be omitted.
    """
    if len(export["files"]) > MAX_ITEMS or any(len(path) > MAX_NAME_LENGTH for path in export["files"]):
        return _refused(
            f"An export can have at most {MAX_ITEMS:,} files, with paths of at most {MAX_NAME_LENGTH:,} characters."
        )
    notes = [truncate(note, MAX_MESSAGE_LENGTH) for note in export["notes"]]
    if len(notes) > MAX_ITEMS:
        notes = [*notes[: MAX_ITEMS - 1], f"{len(notes) - MAX_ITEMS + 1:,} more notes are not shown."]
    refusal = export["refusal"] and truncate(export["refusal"], MAX_MESSAGE_LENGTH)
    return {"name": truncate(export["name"], MAX_NAME_LENGTH), "files": export["files"], "notes": notes, "refusal": refusal}


def _is_too_large(text: str, reply: Mapping[str, Any]) -> bool:
    if len(text) <= MAX_UNCHECKED_LENGTH:
        return False
    kind = reply["kind"]
    if len(text) > MAX_REPLY_LENGTH[kind] or text.count('"') + text.count("[") + text.count("{") > MAX_MARKS:
        return True
    return kind != "export" and len(text) > MAX_REPLY_TEXT_LENGTH and len(text) - _images(reply) > MAX_REPLY_TEXT_LENGTH


def _images(reply: Mapping[str, Any]) -> int:
    """Return the number of characters in a reply's images."""
    previews = list(reply["result"]["outputs"].values()) if reply["kind"] == "result" else [reply.get("preview")]
    return sum(len(preview["data"]) for preview in previews if preview and preview["kind"] == "image")


def _replacement(reply: Mapping[str, Any], message: str) -> dict[str, Any]:
    """Return the replacement for a reply that is too large."""
    problems = [make_problem("TooLarge", message)]
    # This graph has no version, so the next graph is sent in full.
    graph: dict[str, Any] = {"nodes": [], "edges": [], "problems": problems}
    match reply["kind"]:
        case "graph":
            return {"kind": "graph", "graph": graph}
        case "result":
            empty = {"ok": False, "nodes": {}, "outputs": {}, "graph": graph, "problems": problems}
            counts = {key: reply["result"][key] for key in ("seconds", "ran", "reused", "total")}
            return {"kind": "result", "result": {**counts, **empty}}
        case "preview":
            preview = {"kind": "text", "type": "", "text": message, "truncated": True}
            return {"kind": "preview", "node": reply["node"], "preview": preview}
        case "comparison":
            return {"kind": "comparison", "comparison": {"nodes": {}}}
        case "export":
            return {"kind": "export", "export": _refused(message)}
        case kind:
            return {"kind": "crashed", "message": f"A reply of kind `{kind}` was too large."}


def _refused(message: str) -> ExportView:
    return {"name": "", "files": {}, "notes": [], "refusal": message}
