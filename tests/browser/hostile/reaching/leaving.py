"""A dataflow that tries to send its frame, its page or a window of its own to another address."""

import json
from pathlib import Path

import js
from pyodide.ffi import to_js

OUTSIDE = Path(__file__).with_name("outside.txt").read_text()


def tried() -> str:
    attempts = Path(__file__).with_name("leaving.js").read_text()
    given = f"const OUTSIDE = '{OUTSIDE}'; const ONLY = null;\n"
    js.importScripts(js.URL.createObjectURL(js.Blob.new(to_js([given + attempts]), type="text/javascript")))
    return json.dumps(js.tried.to_py())
