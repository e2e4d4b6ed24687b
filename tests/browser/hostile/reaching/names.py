"""Looks for anything that reaches outside the worker, by name and on each prototype, from Python alone."""

import re

import js

NAMES = re.compile(
    "Worker|SharedWorker|importScripts|fetch|XMLHttpRequest.*|WebSocket.*|EventSource|WebTransport.*|(webkit)?RTC.*|FontFace"
    "|BroadcastChannel|postMessage|indexedDB|IDB.*|caches|CacheStorage|cookieStore|serviceWorker|sendBeacon|locks|storage"
)


def left() -> str:
    found = set()
    for scope in (js.self, js.navigator):
        place = scope
        while place is not None:
            found |= {name for name in js.Object.getOwnPropertyNames(place) if NAMES.fullmatch(name)}
            place = js.Object.getPrototypeOf(place)
    return f"left: {sorted(found)}"
