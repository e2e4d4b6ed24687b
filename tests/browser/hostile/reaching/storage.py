"""A dataflow that tries to read and to write what the site keeps in the browser."""

import json
from pathlib import Path

import js
from pyodide.ffi import to_js


def begun() -> str:
    attempts = Path(__file__).with_name("storage.js").read_text()
    js.importScripts(js.URL.createObjectURL(js.Blob.new(to_js([attempts]), type="text/javascript")))
    return "begun"


def loot(begun: str, look: int = 1) -> str:
    """What came of it; most of it has not yet when the attempts have only begun, so look again."""
    return json.dumps(js.loot.to_py())
