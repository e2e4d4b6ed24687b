"""Tries to leave the visitor without an answer: by taking the worker's voice."""

import js
from pyodide.ffi import to_js

SCRIPT = "MessagePort.prototype.postMessage = () => {}; self.JSON = null; self.Map = null; self.setTimeout = null;"


def total() -> int:
    js.importScripts(js.URL.createObjectURL(js.Blob.new(to_js([SCRIPT]), type="text/javascript")))
    return 1
