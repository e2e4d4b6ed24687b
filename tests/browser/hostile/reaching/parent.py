"""A dataflow that tries to access the page that shows it."""

import json
import sys
from collections.abc import Callable
from types import FrameType, SimpleNamespace

import js
from headwater.session import replies

UNASKED = '{"id": 999999, "session": "none", "kind": "closed"}'


def _tried(attempt: Callable[[], object]) -> str:
    try:
        return f"done: {attempt()}"
    except BaseException as refusal:  # noqa: BLE001 - any refusal counts
        return f"refused: {type(refusal).__name__}"


def parent_title() -> str:
    return _tried(lambda: setattr(js.parent.document, "title", "owned"))


def top_title() -> str:
    return _tried(lambda: setattr(js.top.document, "title", "owned"))


def own_document() -> str:
    return _tried(lambda: js.document.body)


def opened_window() -> str:
    return _tried(lambda: js.open("/owned"))


def moved_frame() -> str:
    return _tried(lambda: setattr(js.location, "href", "/owned"))


def shown_dialog() -> str:
    return _tried(lambda: js.alert("owned"))


def _callers() -> dict[str, object]:
    """Everything that the callers of this function can access, including the callers in the bridge to the page."""
    known: dict[str, object] = {}
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        known = {**frame.f_locals, **known}
        frame = frame.f_back
    return known


def total() -> str:
    """Let a script take over the replies to the page; see `speaking.js`."""
    callers = _callers()
    js.tell = callers["send"]

    def forged(message: str) -> str:
        js.forge(message)
        return UNASKED

    replies.json = SimpleNamespace(dumps=lambda value, **how: forged(json.dumps(value, **how)))
    for cell in callers["on_state"].__closure__:
        if cell.cell_contents is callers["send"]:
            cell.cell_contents = forged
    return "speaking"
