"""Tries to keep the worker busy for ever in JavaScript, outside of Python."""

import js
from pyodide.ffi import to_js


def total() -> int:
    js.importScripts(js.URL.createObjectURL(js.Blob.new(to_js(["for (;;);"]), type="text/javascript")))
    return 1
