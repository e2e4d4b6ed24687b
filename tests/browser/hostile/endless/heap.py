"""Tries to take down the page with the worker: by taking all the memory that JavaScript may have."""

import js
from pyodide.ffi import to_js

SCRIPT = "const all = []; for (;;) all.push(Array.from({ length: 1e6 }, (_, n) => ({ n })));"


def total() -> int:
    js.importScripts(js.URL.createObjectURL(js.Blob.new(to_js([SCRIPT]), type="text/javascript")))
    return 1
