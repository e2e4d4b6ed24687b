"""A reply is never larger than a page accepts. A larger reply is replaced by a notice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from headwater.session.replies import encode_crash, encode_reply, truncate_export
from headwater.wire.bounds import MAX_MARKS, MAX_REPLY_LENGTH, MAX_REPLY_TEXT_LENGTH

if TYPE_CHECKING:
    from headwater.wire.views import ExportView

ABOUT = {"id": 1, "session": "a"}
EMPTY = {"nodes": [], "edges": [], "problems": []}
RUN = {
    "ok": True,
    "seconds": 1.0,
    "ran": 3,
    "reused": 2,
    "total": 5,
    "nodes": {},
    "outputs": {},
    "graph": EMPTY,
    "problems": [],
}
LARGE = "x" * 100_000


def result(**outputs: object) -> dict[str, Any]:
    return {"kind": "result", "result": {**RUN, "outputs": outputs}}


def image(length: int) -> dict[str, object]:
    return {"kind": "image", "type": "Figure", "mime": "image/png", "data": "A" * length}


def text(length: int) -> dict[str, object]:
    return {"kind": "text", "type": "str", "text": "x" * length, "truncated": False}


def test_a_reply_starts_with_its_request() -> None:
    reply = encode_reply(ABOUT, {"kind": "graph", "graph": EMPTY})
    assert reply.startswith('{"id": 1, "session": "a", "kind": "graph", "graph": {')


@pytest.mark.parametrize(
    "reply",
    [
        {"kind": "closed"},
        result(total=text(100_000)),
        result(**{f"n{number}": image(5_000_000) for number in range(4)}),
        {
            "kind": "export",
            "export": {
                "name": "a",
                "files": {"a": "x" * 8_000_000, "b": "x" * 8_000_000, "c": LARGE},
                "notes": [],
                "refusal": None,
            },
        },
    ],
    ids=["a small one", "one string", "images", "files"],
)
def test_a_reply_within_the_limits_is_unchanged(reply: dict[str, Any]) -> None:
    assert json.loads(encode_reply(ABOUT, reply)) == {**ABOUT, **reply}


@pytest.mark.parametrize(
    "reply",
    [
        {"kind": "graph", "graph": {**EMPTY, "nodes": ["x" * 20_000] * 900}},
        {"kind": "graph", "graph": {**EMPTY, "nodes": [""] * MAX_MARKS}},
        {"kind": "graph", "graph": {**EMPTY, "nodes": [[]] * MAX_MARKS}},
        {"kind": "graph", "graph": {**EMPTY, "nodes": [{}] * MAX_MARKS}},
        result(**{f"n{number}": text(100_000) for number in range(170)}),
        result(**{f"n{number}": text(100_000) for number in range(150)}, image=image(20_000_000)),
        {"kind": "preview", "node": "total", "preview": text(9_000_000)},
        {"kind": "comparison", "comparison": {"nodes": {"x" * 17_000_000: None}}},
        {"kind": "export", "export": {"name": "a", "files": {"a": "x" * 33_000_000}, "notes": [], "refusal": None}},
        {"kind": "checked", "check": {"passed": False, "message": "x" * 200_000}},
    ],
    ids=["long", "strings", "lists", "records", "outputs", "outputs and images", "preview", "comparison", "files", "check"],
)
def test_a_reply_beyond_the_limits_is_replaced_by_a_notice(reply: dict[str, Any]) -> None:
    sent = encode_reply(ABOUT, reply)
    assert len(sent) < 1_000
    found = json.loads(sent)
    assert (found["id"], found["session"]) == (1, "a")
    assert found["kind"] == (reply["kind"] if reply["kind"] != "checked" else "crashed")
    if reply["kind"] != "comparison":
        assert "too large" in sent


def test_a_run_whose_reply_is_too_large_keeps_its_counts() -> None:
    found = json.loads(encode_reply(ABOUT, result(**{f"n{number}": text(100_000) for number in range(170)})))["result"]
    assert {key: found[key] for key in ("ok", "ran", "reused", "total")} == {"ok": False, "ran": 3, "reused": 2, "total": 5}
    assert found["problems"][0]["message"].startswith("The data is too large to show (17,0")
    assert found["graph"]["problems"] == found["problems"]


def test_the_end_of_a_long_message_is_kept() -> None:
    assert json.loads(encode_crash(ABOUT, LARGE + "\nRecursionError"))["message"].endswith("x\nRecursionError")
    assert len(json.loads(encode_crash(ABOUT, LARGE))["message"]) == 4_000


def export(**more: Any) -> ExportView:
    return {"name": "flow", "files": {"a.py": ""}, "notes": [], "refusal": None, **more}  # type: ignore[typeddict-item]


def test_an_export_within_the_limits_is_unchanged() -> None:
    assert truncate_export(export()) == export()


@pytest.mark.parametrize("files", [{str(number): "" for number in range(1_001)}, {"x" * 1_001: ""}], ids=["many", "long paths"])
def test_an_export_with_too_many_files_is_refused(files: dict[str, str]) -> None:
    found = truncate_export(export(files=files))
    assert (found["files"], found["notes"]) == ({}, [])
    assert found["refusal"] == "An export can have at most 1,000 files, with paths of at most 1,000 characters."


def test_notes_and_a_refusal_are_shortened() -> None:
    found = truncate_export(export(notes=[LARGE] * 1_200, refusal=LARGE, name=LARGE))
    assert (len(found["notes"]), len(found["notes"][0]), len(found["refusal"] or ""), len(found["name"])) == (
        1_000,
        4_000,
        4_000,
        1_000,
    )
    assert found["notes"][-1] == "201 more notes are not shown."


def test_the_limit_of_texts_is_below_that_of_replies_with_images() -> None:
    assert MAX_REPLY_LENGTH["result"] > MAX_REPLY_TEXT_LENGTH
