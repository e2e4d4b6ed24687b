"""Looks in JavaScript, and through Python's modules, for anything that reaches outside the worker."""

import json

import js
import pyodide_js


def found() -> str:
    """The globals that `globals.js` found."""
    return "found: " + json.dumps(js.found.to_py())


def through_python() -> str:
    """The functions that Pyodide still has references to."""
    names = ["Worker", "WebSocket", "XMLHttpRequest", "EventSource", "BroadcastChannel", "fetch", "importScripts"]
    places = {"js": js, "pyodide_js": pyodide_js, "module": pyodide_js._module, "globals": js.globalThis}
    return "kept: " + json.dumps([f"{place}.{name}" for place in places for name in names if hasattr(places[place], name)])


def ports(look: int = 1) -> str:
    """The number of ports that `prototypes.js` has found so far."""
    return f"ports: {len(js.ports)} after {look}"
