"""A dataflow that tries to get at the page that shows it."""

from collections.abc import Callable
from pathlib import Path

import js
from pyodide.ffi import to_js


def _tried(attempt: Callable[[], object]) -> str:
    try:
        return f"done: {attempt()}"
    except BaseException as refusal:  # noqa: BLE001 - however it is refused
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


def total() -> str:
    """From now on `said.js` speaks to the page in the place of this worker."""
    said = Path(__file__).with_name("said.js").read_text()
    js.importScripts(js.URL.createObjectURL(js.Blob.new(to_js([said]), type="text/javascript")))
    return "speaking"
